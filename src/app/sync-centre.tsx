/** What is on this tablet and not yet with the office, and what a person can do about it. */
import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import { seenView } from '#activities/changes/seen-view.ts'
import { Age } from '#ui/age.tsx'
import { Button, HoldButton } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Codes } from '#ui/codes.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FloorScreen } from '#ui/floor-screen.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import { saveFile } from './crash.tsx'
import css from './sync-centre.module.css'
import { syncDesk } from './sync-desk.ts'
import { type Check, SyncContext, type SyncItem, type SyncPort, type SyncReport } from './sync-port.ts'
import { clockWords, codeWords, eventName, needsPerson, sizeWords, stateWords, subjectOf } from './sync-words.ts'
import { applyUpdate, buildId, updateWaiting } from './update.ts'

/** Rows before "Show all". */
const SHOWN = 7

export const SyncCentre = () => {
  const floor = useFloor()
  const source = useContext(SyncContext)
  const port = useMemo(() => source && syncDesk(source), [source])
  const report = useReport(port)
  if (!port) return null
  const send = (
    <Button tone="primary" onPress={port.sendNow}>
      Send now
    </Button>
  )
  const body = report ? <Body report={report} port={port} /> : <p>Looking …</p>
  if (floor.place.use === 'desk')
    return (
      <DeskScreen title="Sync" actions={send}>
        {body}
      </DeskScreen>
    )
  const back = <Button onPress={() => (history.length > 1 ? history.back() : floor.go('/'))}>Back</Button>
  return (
    <FloorScreen title="Sync centre" left={back} primary={send}>
      {body}
    </FloorScreen>
  )
}

/** Read again whenever the light changes, and every few seconds while it is looked at. */
const useReport = (port: SyncPort | undefined): SyncReport | undefined => {
  const [report, setReport] = useState<SyncReport>()
  const network = useFloor().network.value
  useEffect(() => {
    let shown = true
    const read = () =>
      void port?.read().then(next => {
        if (shown) setReport(next)
      })
    read()
    const timer = setInterval(read, 3000)
    return () => {
      shown = false
      clearInterval(timer)
    }
  }, [port, network])
  return report
}

const headline = ({ waiting, photosWaiting }: SyncReport): string => {
  if (waiting + photosWaiting === 0) return 'Everything on this tablet is sent'
  const things =
    waiting === 1 ? '1 thing on this tablet is not yet sent' : `${waiting} things on this tablet are not yet sent`
  return photosWaiting === 0
    ? things
    : `${things}, ${photosWaiting} ${photosWaiting === 1 ? 'photo' : 'photos'} as well`
}

const Body = ({ report, port }: { readonly report: SyncReport; readonly port: SyncPort }) => {
  const [all, setAll] = useState(false)
  const shown = all ? report.items : report.items.slice(0, SHOWN)
  return (
    <div class={css.centre}>
      <section>
        <h2 class={css.big} data-nocut="">
          {headline(report)}
        </h2>
        <p class={css.quiet}>What is saved here survives a crash, a restart and weeks without the network.</p>
        {(report.denied || report.revoked) && (
          <p class={css.stop} role="alert">
            {report.revoked ? OUT_OF_USE : 'The office does not know this tablet any more. What it holds is kept.'} Ask
            the administrator for a code and enrol it again.
          </p>
        )}
        {report.said !== '' && (
          <p class={css.stop} role="alert" data-said="">
            The office takes nothing in now. {report.said}
          </p>
        )}
        {report.unsaved > 0 && (
          <p class={css.stop} role="alert">
            {report.unsaved} not saved: the storage of this tablet refuses. Leave this page open and call somebody.
          </p>
        )}
        {report.items.length === 0 && (
          <Empty title="Nothing recorded here yet" hint="Each thing you record stands here until the office has it." />
        )}
        <ul class={css.items}>
          {shown.map(item => (
            <Item key={item.id} item={item} port={port} />
          ))}
        </ul>
        {report.items.length > SHOWN && (
          <Button onPress={() => setAll(was => !was)}>{all ? 'Show fewer' : `Show all ${report.items.length}`}</Button>
        )}
      </section>
      <section>
        <Facts report={report} />
        <Tools port={port} waiting={report.waiting} />
      </section>
    </div>
  )
}

const OUT_OF_USE =
  'This tablet was taken out of use. What it recorded before is sent and lies before a supervisor, who decides what counts.'

const Item = ({ item, port }: { readonly item: SyncItem; readonly port: SyncPort }) => {
  const floor = useFloor()
  const [level, word] = stateWords(item.state)
  const seen = item.state === 'quarantined' ? floor.get(seenView, item.h) : undefined
  return (
    <li class={css.item} data-state={item.state}>
      <div>
        <p class={css.what}>
          {eventName(item.type)}{' '}
          <span data-nocut="">
            <Codes text={subjectOf(item.payload)} />
          </span>
        </p>
        <p class={css.quiet}>
          {floor.nameOf(item.person)} · <Age since={item.at} />
          {item.codes.length > 0 && ` · ${item.codes.map(codeWords).join(', ')}`}
        </p>
        {seen && (
          <p data-seen="">
            {floor.nameOf(seen.by)} decided: {seen.note}
          </p>
        )}
      </div>
      <StateMark level={level} word={word} />
      {item.state === 'held' && <Button onPress={() => void port.retry(item.id)}>Retry</Button>}
      {needsPerson(item.state) && <Button onPress={() => void port.dismiss(item.id)}>I have seen it</Button>}
    </li>
  )
}

const Facts = ({ report }: { readonly report: SyncReport }) => {
  const { documents, storage, lastExchange, offset } = report
  const [clock, clockWord] = clockWords(offset)
  const free = storage.quota > 0 ? ` of ${sizeWords(storage.quota)}` : ''
  return (
    <dl class={css.facts}>
      <Fact name="Last heard from the office">
        {lastExchange === undefined ? (
          'Not yet'
        ) : (
          <>
            <Age since={lastExchange} /> ago
          </>
        )}
      </Fact>
      <Fact name="Clock of this tablet">
        <StateMark level={clock} word={clockWord} />
      </Fact>
      <Fact name="Documents on this tablet">
        {documents.have < documents.need ? (
          <StateMark level="attention" word={`${documents.have} of ${documents.need} pages`} />
        ) : (
          `All ${documents.need} pages`
        )}
      </Fact>
      <Fact name="Storage used">
        {sizeWords(storage.used)}
        {free}
      </Fact>
      <Fact name="Protected from clearing">
        {storage.persisted ? 'Yes' : <StateMark level="attention" word="No, install the app" />}
      </Fact>
      <Fact name="Version">{buildId}</Fact>
    </dl>
  )
}

const Fact = ({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd data-nocut="">{children}</dd>
  </div>
)

const Tools = ({ port, waiting }: { readonly port: SyncPort; readonly waiting: number }) => {
  const floor = useFloor()
  const [checks, setChecks] = useState<readonly Check[] | 'asking'>()
  const check = () => {
    setChecks('asking')
    void port.check().then(setChecks)
  }
  const kept = waiting > 0 ? 'Something still waits to be sent. Send or export it first.' : undefined
  return (
    <>
      <div class={css.tools}>
        <Button
          why={waiting === 0 ? 'Nothing waits.' : undefined}
          onPress={() => void port.exportWaiting().then(saveFile)}
        >
          Export what waits
        </Button>
        <Button busy={checks === 'asking'} onPress={check}>
          Check the connection
        </Button>
        {updateWaiting.value && <Button onPress={applyUpdate}>Use the new version</Button>}
        <Button onPress={() => floor.go('/scanner')}>Set up the scanner</Button>
      </div>
      {Array.isArray(checks) && (
        <ul class={css.checks} aria-live="polite">
          {checks.map(one => (
            <li key={one.name}>
              <StateMark level={one.ok ? 'normal' : 'stop'} word={one.name} /> <span data-nocut="">{one.said}</span>
            </li>
          ))}
        </ul>
      )}
      {floor.place.sample ? (
        <Button why={kept} onPress={port.leave}>
          Choose another door
        </Button>
      ) : (
        <HoldButton why={kept} what="Enrol this tablet for another place" onPress={port.leave}>
          Enrol for another place
        </HoldButton>
      )}
    </>
  )
}
