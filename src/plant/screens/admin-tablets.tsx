/** Tablets, desks and walls: which there are, when they were heard, letting one in, putting one out of use. */
import { useState } from 'preact/hooks'
import { clock } from '#kernel/time.ts'
import { Age } from '#ui/age.tsx'
import { Barcode } from '#ui/barcode.tsx'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { Form, Mark, Panel, Quiet, Stack } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import { useOffice } from '#ui/use-office.ts'
import { type Tablet, tabletView } from '../projection.ts'
import { assignTablet, revokeTablet } from '../rules.ts'
import css from './admin-desk.module.css'

const uses = { station: 'Station', desk: 'Desk', wall: 'Wall' } as const

/** What is known of a tablet beside the log: `GET /v1/tablets`. */
type Presence = { readonly device: string; readonly heard: string | null; readonly waiting: number }
const EVERY_MS = 10_000

export const TabletsTab = () => {
  const floor = useFloor()
  const [enrolling, setEnrolling] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const asked = useOffice<{ readonly tablets: readonly Presence[] }>('/v1/tablets', EVERY_MS)
  const heard = new Map(asked?.tablets.map(one => [one.device, one]))
  const tablets = floor
    .list(tabletView)
    .map(([, tablet]) => tablet)
    .sort((a, b) => (a.state === b.state ? (a.name < b.name ? -1 : 1) : a.state === 'enrolled' ? -1 : 1))
  const columns: readonly Column<Tablet>[] = [
    {
      name: 'Name',
      value: one => (
        <strong>
          {one.name}
          {one.device === floor.place.device ? ' (this one)' : ''}
        </strong>
      ),
      sort: one => one.name
    },
    { name: 'Use', value: one => uses[one.use], sort: one => one.use },
    {
      name: 'Station',
      value: one => (one.station ? floor.stationName(one.station) : ''),
      sort: one => one.station ?? ''
    },
    { name: 'Last heard', value: one => <Heard at={heard.get(one.device)?.heard} tablet={one} /> },
    { name: 'Waiting', value: one => heard.get(one.device)?.waiting || '', align: 'end' },
    { name: 'Enrolled', value: one => <Age since={one.enrolledAt} /> },
    {
      name: 'State',
      value: one => (
        <Mark
          level={one.state === 'enrolled' ? 'normal' : 'off'}
          word={one.state === 'enrolled' ? 'In use' : 'Revoked'}
        />
      )
    }
  ]
  const tablet = tablets.find(one => one.device === chosen)
  return (
    <Panel
      title="Tablets"
      actions={
        <>
          <Button onPress={() => floor.go('/scanner')}>Set up the scanner</Button>
          <Button tone="primary" onPress={() => setEnrolling(true)}>
            Enrol a tablet
          </Button>
        </>
      }
    >
      <Table
        columns={columns}
        rows={tablets}
        keyOf={one => one.device}
        onOpen={one => setChosen(one.device)}
        empty={<Empty title="No tablets yet" hint="Enrol one: show its code here and scan it there." />}
      />
      {enrolling && <Enrol onClose={() => setEnrolling(false)} />}
      {tablet && <TabletForm tablet={tablet} onClose={() => setChosen(undefined)} />}
    </Panel>
  )
}

/** Milliseconds within which a tablet that is on is heard, with room for one that has nothing to say. */
const LATELY = 60_000

const Heard = ({ at, tablet }: { at: string | null | undefined; tablet: Tablet }) => {
  const now = useFloor().now.value
  if (!at) return <span>–</span>
  if (tablet.state === 'enrolled' && now - Date.parse(at) < LATELY) return <Mark level="normal" word="Now" />
  return (
    <span>
      <Age since={at} /> ago
    </span>
  )
}

type Code = { readonly code: string; readonly url: string; readonly until: number }

const Enrol = ({ onClose }: { onClose: () => void }) => {
  const floor = useFloor()
  const { attempt, busy } = useAct()
  const [use, setUse] = useState<Tablet['use']>('station')
  const [station, setStation] = useState(floor.stations()[0]?.station ?? '')
  const [code, setCode] = useState<Code>()
  const ask = () =>
    attempt(async () => {
      setCode(await floor.office.post<Code>('/v1/enrolment-codes', use === 'station' ? { use, station } : { use }))
      return undefined
    })
  const missing = use === 'station' && !station ? 'Add a station first.' : undefined
  return (
    <Dialog title="Enrol a tablet" onClose={onClose}>
      {code ? (
        <ShowCode code={code} onAgain={() => setCode(undefined)} />
      ) : (
        <Form
          end={
            <>
              <Button onPress={onClose}>Leave it</Button>
              <Button tone="primary" busy={busy} why={missing} onPress={() => void ask()}>
                Show the code
              </Button>
            </>
          }
        >
          <Field label="Used as">
            <Select
              value={use}
              onChange={value => setUse(value === 'wall' ? 'wall' : value === 'desk' ? 'desk' : 'station')}
              options={[
                { value: 'station', label: 'A station’s tablet' },
                { value: 'desk', label: 'A desk' },
                { value: 'wall', label: 'A wall board' }
              ]}
            />
          </Field>
          {use === 'station' && (
            <Field label="Station">
              <Select
                value={station}
                onChange={setStation}
                options={floor.stations().map(one => ({ value: one.station, label: one.name }))}
              />
            </Field>
          )}
        </Form>
      )}
    </Dialog>
  )
}

const ShowCode = ({ code, onAgain }: { code: Code; onAgain: () => void }) => {
  const left = code.until - useFloor().now.value
  if (left <= 0)
    return (
      <Stack>
        <Quiet>The code is over. Nobody can use it any more.</Quiet>
        <Button tone="primary" onPress={onAgain}>
          Show a new one
        </Button>
      </Stack>
    )
  return (
    <div class={css.enrol}>
      <Barcode kind="qrcode" text={code.url} label="" />
      <div class={css.enrolText}>
        <p>On the tablet, scan this with its camera, or open</p>
        <p class={css.address} data-nocut="">
          {code.url.split('#')[0]}
        </p>
        <p>and type</p>
        <p class={css.codeText} data-nocut="">
          {code.code}
        </p>
        <p>One tablet, once. {clock(left)} left.</p>
        {onlyHere(code.url) && (
          <Card level="attention">
            A tablet can’t open this address: it means this machine itself. Open Jobcard here by the machine’s name in
            your network, then show the code again.
          </Card>
        )}
      </div>
    </div>
  )
}

const onlyHere = (url: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

const TabletForm = ({ tablet, onClose }: { tablet: Tablet; onClose: () => void }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [station, setStation] = useState(tablet.station ?? floor.stations()[0]?.station ?? '')
  const [reason, setReason] = useState('')
  const revoke = { device: tablet.device, reason }
  const move = { device: tablet.device, station }
  const done = (worked: boolean) => worked && onClose()
  if (tablet.state === 'revoked')
    return (
      <Dialog title={tablet.name} onClose={onClose}>
        <Quiet>Revoked: {tablet.reason}. What it had recorded and still sends is kept for a person to decide.</Quiet>
      </Dialog>
    )
  return (
    <Dialog title={tablet.name} onClose={onClose}>
      <Stack>
        {tablet.use === 'station' && (
          <Form
            end={
              <Button
                busy={busy}
                why={station === tablet.station ? 'It stands there already.' : why(assignTablet, move)}
                onPress={() => void act(assignTablet, move, `${tablet.name} is moved.`).then(done)}
              >
                Move it
              </Button>
            }
          >
            <div data-wide="">
              <Field label="Stands at">
                <Select
                  value={station}
                  onChange={setStation}
                  options={floor.stations().map(one => ({ value: one.station, label: one.name }))}
                />
              </Field>
            </div>
          </Form>
        )}
        <Form
          end={
            <Button
              tone="stop"
              busy={busy}
              why={why(revokeTablet, revoke)}
              onPress={() => void act(revokeTablet, revoke, `${tablet.name} is revoked.`).then(done)}
            >
              Revoke it
            </Button>
          }
        >
          <div data-wide="">
            <Field
              label="Why it is taken out of use"
              hint="It may not sign in or read any more. What waits on it is still taken in and shown to a person."
            >
              <TextInput value={reason} onChange={setReason} placeholder="Lost, broken, sold" />
            </Field>
          </div>
        </Form>
      </Stack>
    </Dialog>
  )
}
