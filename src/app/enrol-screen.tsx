/** The first start: this browser becomes a station's tablet, a desk or a wall. */
import { useEffect, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import css from './enrol-screen.module.css'
import { HOW_TO_INSTALL, notInstalledHere } from './installed.ts'
import page from './page.module.css'

export type Use = 'station' | 'desk' | 'wall'
export type SampleStation = { readonly station: string; readonly name: string; readonly kind: string }
export type Site = { readonly name: string; readonly sample: boolean; readonly stations: readonly SampleStation[] }

/** Each answers `undefined` when it went well, else the sentence. */
export type Enrolling = {
  readonly site: () => Promise<Site | undefined>
  readonly byCode: (code: string, name: string) => Promise<string | undefined>
  readonly asSample: (use: Use, station: string | undefined, name: string) => Promise<string | undefined>
}

type Props = { readonly enrolling: Enrolling /** From the address, or scanned. */; readonly code: string | undefined }

export const EnrolScreen = ({ enrolling, code }: Props) => {
  const [site, setSite] = useState<Site | 'asking' | undefined>('asking')
  const ask = () => void enrolling.site().then(setSite)
  useEffect(ask, [])
  const sample = site !== 'asking' && site?.sample ? site : undefined
  return (
    <main class={page.page}>
      <p class={page.brand}>
        <img src="/icon.svg" alt="" />
        Jobcard{sample && ` · ${sample.name}`}
      </p>
      {notInstalledHere() && (
        <p class={page.problem} role="alert">
          {HOW_TO_INSTALL}
        </p>
      )}
      {site === undefined && <NoOffice onAgain={ask} />}
      {sample && !code ? <Doors site={sample} enrolling={enrolling} /> : <ByCode enrolling={enrolling} code={code} />}
    </main>
  )
}

const NoOffice = ({ onAgain }: { readonly onAgain: () => void }) => (
  <div class={page.problem} role="alert">
    <p>The office did not answer. Enrolling needs the network, this once.</p>
    <Button onPress={onAgain}>Ask again</Button>
  </div>
)

const ByCode = ({ enrolling, code }: Props) => {
  const [typed, setTyped] = useState(code ?? '')
  const [name, setName] = useState(guessName())
  const { busy, problem, run } = useRun()
  useEffect(() => {
    if (code) setTyped(code)
  }, [code])
  const go = () => run(() => enrolling.byCode(typed.trim().toUpperCase(), name.trim() || guessName()))
  return (
    <>
      <h1>This browser is not a Jobcard tablet yet</h1>
      <p>
        The administrator shows a code under Plant, good for ten minutes. Scan it with the reader of this tablet, or
        type it here.
      </p>
      <form
        class={page.form}
        onSubmit={event => {
          event.preventDefault()
          go()
        }}
      >
        <Field label="Code" problem={problem}>
          <TextInput
            value={typed}
            onChange={setTyped}
            onDone={go}
            placeholder="ABCDE 23456"
            maxLength={40}
            autoFocus
            data-code=""
          />
        </Field>
        <Field label="Name of this tablet" hint="What stands on it, so that people can tell it from the others.">
          <TextInput value={name} onChange={setName} maxLength={80} />
        </Field>
        <div class={page.row}>
          <Button
            tone="primary"
            grow
            busy={busy}
            why={typed.trim() === '' ? 'Type or scan the code first.' : undefined}
            onPress={go}
          >
            Make it a Jobcard tablet
          </Button>
        </div>
      </form>
    </>
  )
}

const doors = [
  {
    use: 'station',
    face: 'I build',
    about: 'Work at a station, step by step beside the drawing',
    kinds: ['build', 'test', 'packing', 'store']
  },
  { use: 'station', face: 'I check', about: 'Inspect, measure, hold a batch', kinds: ['inspection'] },
  { use: 'wall', face: 'I watch the line', about: 'The live board for the wall', kinds: [] },
  { use: 'desk', face: 'I plan', about: 'Orders, plan, materials, documents', kinds: [] }
] as const

type Door = (typeof doors)[number]

/** In the sample plant nobody needs a code: four doors, one tap, for the first five minutes. */
const Doors = ({ site, enrolling }: { readonly site: Site; readonly enrolling: Enrolling }) => {
  const [door, setDoor] = useState<Door>()
  const { busy, problem, run } = useRun()
  const enter = (use: Use, station: string | undefined, name: string) =>
    run(() => enrolling.asSample(use, station, name))
  const stationsOf = (one: Door) => site.stations.filter(station => one.kinds.some(kind => kind === station.kind))
  const open = (one: Door) => {
    const [only, ...more] = stationsOf(one)
    if (one.use !== 'station') enter(one.use, undefined, one.face)
    else if (only && more.length === 0) enter('station', only.station, `${only.station} ${only.name}`)
    else setDoor(one)
  }
  return (
    <>
      <h1>{door ? 'At which station?' : 'What do you do here?'}</h1>
      <p>This is a sample plant. Nothing you do here can break anything.</p>
      {problem && (
        <p class={page.problem} role="alert">
          {problem}
        </p>
      )}
      <div class={css.doors} aria-busy={busy}>
        {door
          ? stationsOf(door).map(({ station, name }) => (
              <Card
                key={station}
                data-station={station}
                onPress={() => enter('station', station, `${station} ${name}`)}
              >
                <span class={css.face}>{name}</span>
                <span class={css.about}>{station}</span>
              </Card>
            ))
          : doors.map(one => (
              <Card key={one.face} data-door={one.face} onPress={() => open(one)}>
                <span class={css.face}>{one.face}</span>
                <span class={css.about}>{one.about}</span>
              </Card>
            ))}
      </div>
      {door && (
        <div class={page.row}>
          <Button onPress={() => setDoor(undefined)}>Back</Button>
        </div>
      )}
    </>
  )
}

const useRun = () => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const run = (work: () => Promise<string | undefined>): void => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    void work().then(said => {
      setBusy(false)
      setProblem(said)
    })
  }
  return { busy, problem, run }
}

const guessName = (): string => {
  const system = /Android|iPad|iPhone|Windows|Mac|CrOS|Linux/.exec(navigator.userAgent)?.[0] ?? 'Tablet'
  return `${system} ${new Date().toISOString().slice(0, 10)}`
}
