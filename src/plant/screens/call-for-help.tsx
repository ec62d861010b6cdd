/**
 * The button at the bottom right of every operator screen: calls for help, and says what became of the call. Whoever comes
 * answers and closes it here or at any other tablet.
 */
import { useState } from 'preact/hooks'
import { isRefusal } from '#kernel/decision.ts'
import { age, clock } from '#kernel/time.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Tiles } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { Shape } from '#ui/state-mark.tsx'
import type { AndonCall, AndonKind } from '../projection.ts'
import { answerAndon, callAndon, closeAndon, kindWords, openCalls, withdrawAndon } from '../rules.ts'
import css from './call-for-help.module.css'

const NOT_HEARD = 'No network: this call was not heard. Use the light or the phone.'

export const CallForHelp = ({ opened }: { readonly opened: boolean }) => {
  const floor = useFloor()
  const [open, setOpen] = useState(opened)
  const calls = openCalls(floor)
  const own = calls.find(call => call.station === floor.place.station)
  const elsewhere = calls.length - calls.filter(call => call.station === floor.place.station).length
  return (
    <>
      {own ? (
        <OwnCall call={own} onPress={() => setOpen(true)} />
      ) : (
        <Button onPress={() => setOpen(true)} data-help="">
          Call for help
          {elsewhere > 0 && (
            <small class={css.elsewhere}>{elsewhere === 1 ? '1 call open' : `${elsewhere} calls open`}</small>
          )}
        </Button>
      )}
      {open && <HelpDialog calls={calls} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Minutes and seconds while they mean something. */
const since = (call: AndonCall, now: number): string => {
  const ms = now - Date.parse(call.at)
  return ms < 100 * 60_000 ? clock(ms) : age(ms)
}

const OwnCall = ({ call, onPress }: { call: AndonCall; onPress: () => void }) => {
  const floor = useFloor()
  const network = floor.network.value
  // A call made before the outage may well have been heard.
  const unheard = network.state === 'offline' && Date.parse(call.at) >= network.since
  const who = call.answeredBy
  return (
    <Button tone="stop" onPress={onPress} data-help="" data-state={call.state}>
      <span class={css.called}>
        <span>
          <Shape level="stop" /> Called {kindWords[call.kind]} {since(call, floor.now.value)}
        </span>
        <small>{who ? `${floor.nameOf(who)} is coming` : unheard ? 'Not heard: no network' : 'Nobody yet'}</small>
      </span>
    </Button>
  )
}

const HelpDialog = ({ calls, onClose }: { calls: readonly AndonCall[]; onClose: () => void }) => {
  const floor = useFloor()
  const offline = floor.network.value.state === 'offline'
  const [closing, setClosing] = useState<AndonCall>()
  if (closing) return <CloseCall call={closing} onClose={() => setClosing(undefined)} onDone={onClose} />
  return (
    <Dialog title="Call for help" onClose={onClose}>
      {offline && (
        <p class={css.offline}>
          <Shape level="attention" />
          <span>No network: nobody hears a call now. Use the light or the phone.</span>
        </p>
      )}
      <Kinds onClose={onClose} />
      {calls.length > 0 && (
        <section class={css.open} aria-label="Open calls">
          <h3>Open calls</h3>
          {calls.map(call => (
            <OpenCall key={call.call} call={call} onCloseCall={() => setClosing(call)} />
          ))}
        </section>
      )}
    </Dialog>
  )
}

const kinds: readonly { kind: AndonKind; label: string; hint: string }[] = [
  { kind: 'parts', label: 'Parts', hint: 'missing, wrong, too few' },
  { kind: 'quality', label: 'Quality', hint: 'is this good?' },
  { kind: 'machine', label: 'Machine', hint: 'or tool does not work' },
  { kind: 'help', label: 'Help me', hint: 'somebody, now' }
]

/** Calls at once; the Undo takes the call back. */
const Kinds = ({ onClose }: { onClose: () => void }) => {
  const floor = useFloor()
  const call = async (kind: AndonKind) => {
    const answer = await floor.act(callAndon, { kind })
    onClose()
    if (isRefusal(answer)) return floor.tell({ text: floor.say(answer), tone: 'stop' })
    const made = openCalls(floor).find(one => one.kind === kind && one.station === floor.place.station)
    const undo = async () => {
      if (!made) return
      const said = await floor.act(withdrawAndon, { call: made.call })
      floor.tell(
        isRefusal(said) ? { text: floor.say(said), tone: 'stop' } : { text: 'The call is taken back.', tone: 'ok' }
      )
    }
    if (floor.network.value.state === 'offline') floor.tell({ text: NOT_HEARD, tone: 'stop', undo: () => void undo() })
    else floor.tell({ text: `Called ${kindWords[kind]}.`, tone: 'ok', undo: () => void undo() })
  }
  return (
    <div class={css.kinds}>
      {kinds.map(({ kind, label, hint }) => {
        const refusal = floor.may(callAndon, { kind })
        return (
          <Button key={kind} data-kind={kind} why={refusal && floor.say(refusal)} onPress={() => void call(kind)}>
            <span class={css.kind}>
              <KindIcon kind={kind} />
              <span>{label}</span>
              <small>{hint}</small>
            </span>
          </Button>
        )
      })}
    </div>
  )
}

const OpenCall = ({ call, onCloseCall }: { call: AndonCall; onCloseCall: () => void }) => {
  const floor = useFloor()
  const answer = async () => {
    const said = await floor.act(answerAndon, { call: call.call })
    floor.tell(
      isRefusal(said)
        ? { text: floor.say(said), tone: 'stop' }
        : { text: `${call.station} sees that you are coming.`, tone: 'ok' }
    )
  }
  const refusal = floor.may(answerAndon, { call: call.call })
  return (
    <div class={css.call} data-level="stop">
      <p>
        <strong>
          {call.station} {floor.stationName(call.station)} · {kindWords[call.kind]}
        </strong>
        {call.note && <span>{call.note}</span>}
        <span>
          {floor.nameOf(call.person)}, {since(call, floor.now.value)}
          {' · '}
          {call.answeredBy ? `${floor.nameOf(call.answeredBy)} is on it` : 'nobody yet'}
        </span>
      </p>
      <Button why={refusal && floor.say(refusal)} onPress={() => void answer()}>
        I am coming
      </Button>
      <Button onPress={onCloseCall}>Close call</Button>
    </div>
  )
}

const CloseCall = ({ call, onClose, onDone }: { call: AndonCall; onClose: () => void; onDone: () => void }) => {
  const floor = useFloor()
  const causes = floor.reasons('andon')
  const close = async (cause: string) => {
    const said = await floor.act(closeAndon, { call: call.call, cause })
    floor.tell(
      isRefusal(said)
        ? { text: floor.say(said), tone: 'stop' }
        : { text: `The call of ${call.station} is closed.`, tone: 'ok' }
    )
    onDone()
  }
  const options = (causes.length > 0 ? causes.map(one => one.name) : ['Solved', 'Not needed']).map(name => ({
    value: name,
    label: name
  }))
  return (
    <Dialog title={`${call.station} · ${kindWords[call.kind]}: what was it?`} onClose={onClose}>
      <Tiles label="What was it" options={options} onChange={cause => void close(cause)} />
    </Dialog>
  )
}

const icons: Record<AndonKind, string> = {
  parts: 'M4 9 16 3l12 6v14l-12 6L4 23z M4 9l12 6 12-6 M16 15v14',
  quality: 'M14 5a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M21 21l8 8',
  machine:
    'M16 11a5 5 0 1 0 0 10 5 5 0 0 0 0-10z M16 3v5 M16 24v5 M3 16h5 M24 16h5 M7 7l3.5 3.5 M21.5 21.5 25 25 M25 7l-3.5 3.5 M10.5 21.5 7 25',
  help: 'M16 4a5 5 0 1 0 0 10 5 5 0 0 0 0-10z M6 29c0-7 4-11 10-11s10 4 10 11'
}

const KindIcon = ({ kind }: { kind: AndonKind }) => (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <path
      d={icons[kind]}
      fill="none"
      stroke="currentColor"
      stroke-width="2.6"
      stroke-linejoin="round"
      stroke-linecap="round"
    />
  </svg>
)
