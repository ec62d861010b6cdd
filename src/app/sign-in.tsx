/** Who works here now: a badge, or a tile and a PIN. Lies over the screen, which stays as it was underneath. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { useFocusTrap } from '#ui/dialog.tsx'
import { useFloor } from '#ui/floor.tsx'
import { usePress } from '#ui/press.ts'
import { takeFocus } from '#ui/take-focus.ts'
import { SyncChip } from '#ui/top-bar.tsx'
import { PIN_LENGTH, PinPad } from './pin-pad.tsx'
import css from './sign-in.module.css'

export type Tile = {
  readonly person: string
  readonly name: string
  readonly badge: string /** Only in a sample plant. */
  readonly pin?: string | undefined
}

/** `undefined` when it went well, else the sentence. */
export type CheckPin = (person: string, pin: string) => Promise<string | undefined>

type Props = {
  readonly tiles: readonly Tile[]
  readonly sample: boolean
  /** Somebody whose badge was scanned and whose PIN is still needed. */
  readonly asked: Tile | undefined
  readonly check: CheckPin
  /** A badge that was typed. */
  readonly onBadge: (badge: string) => void
  /** Given when somebody is signed in, who may stay. */
  readonly onStay: (() => void) | undefined
}

export const SignIn = ({ tiles, sample, asked, check, onBadge, onStay }: Props) => {
  const [chosen, choose] = useState<Tile | undefined>(asked)
  const box = useFocusTrap(onStay)
  const floor = useFloor()
  useEffect(() => choose(asked), [asked])
  const station = floor.place.station
  return (
    <div ref={box} class={css.over} role="dialog" aria-modal="true" aria-label="Sign in" tabIndex={-1}>
      <header class={css.bar}>
        <p>{station ? `${station} ${floor.stationName(station)}` : 'Jobcard'}</p>
        <div inert>
          <SyncChip />
        </div>
      </header>
      <div class={css.halves}>
        <Badge onBadge={onBadge} />
        <section class={css.half}>
          {chosen ? (
            <EnterPin key={chosen.person} tile={chosen} check={check} onBack={() => choose(undefined)} />
          ) : (
            <People tiles={tiles} sample={sample} onChoose={choose} onStay={onStay} />
          )}
        </section>
      </div>
    </div>
  )
}

const Badge = ({ onBadge }: { readonly onBadge: (badge: string) => void }) => {
  const [typed, setTyped] = useState<string>()
  const done = () => {
    if (!typed?.trim()) return
    // The field goes, or the digits of the PIN would land in it.
    setTyped(undefined)
    onBadge(typed.trim().toUpperCase())
  }
  return (
    <section class={css.half}>
      <h1>Touch your badge</h1>
      <svg class={css.target} viewBox="0 0 200 200" aria-hidden="true">
        <circle cx="100" cy="100" r="92" />
        <circle cx="100" cy="100" r="68" />
        <rect x="62" y="70" width="76" height="60" rx="8" />
        <path d="M76 88h22v24H76zM108 90h18M108 100h18M108 110h12" />
      </svg>
      <p class={css.quiet}>Hold it to the reader, or scan its code.</p>
      <div class={css.row}>
        {typed === undefined ? (
          <>
            <Button onPress={() => setTyped('')}>Type the badge number</Button>
            <CameraButton />
            <ScannerButton />
          </>
        ) : (
          <form
            class={css.row}
            onSubmit={event => {
              event.preventDefault()
              done()
            }}
          >
            <input
              class={css.input}
              aria-label="Badge number"
              placeholder="B-1001"
              ref={takeFocus}
              autoCapitalize="characters"
              autoComplete="off"
              value={typed}
              onInput={event => setTyped(event.currentTarget.value)}
            />
            <Button onPress={done}>Next</Button>
          </form>
        )}
      </div>
    </section>
  )
}

const CameraButton = () => {
  const floor = useFloor()
  return <Button onPress={() => floor.openCamera()}>Camera</Button>
}

/** Who can't sign in because the scanner sends rubbish finds out here what it sends. */
const ScannerButton = () => {
  const floor = useFloor()
  return <Button onPress={() => floor.go('/scanner')}>Set up the scanner</Button>
}

type PeopleProps = {
  readonly tiles: readonly Tile[]
  readonly sample: boolean
  readonly onChoose: (tile: Tile) => void
  readonly onStay: (() => void) | undefined
}

const People = ({ tiles, sample, onChoose, onStay }: PeopleProps) => (
  <>
    <h2>
      {tiles.length === 0
        ? 'Nobody has signed in here yet'
        : sample && tiles.some(one => one.pin)
          ? 'Or tap a badge of the sample plant'
          : 'Or tap your name'}
    </h2>
    {tiles.length === 0 && <p class={css.quiet}>After the first time your name stands here.</p>}
    <div class={css.tiles}>
      {tiles.map(tile => (
        <PersonTile key={tile.person} tile={tile} onPress={() => onChoose(tile)} />
      ))}
    </div>
    {onStay && (
      <div class={css.row}>
        <Button onPress={onStay}>Stay signed in</Button>
      </div>
    )}
  </>
)

const PersonTile = ({ tile, onPress }: { readonly tile: Tile; readonly onPress: () => void }) => (
  <button type="button" class={css.tile} data-person={tile.person} {...usePress(onPress)}>
    <span class={css.face} aria-hidden="true">
      {initials(tile.name)}
    </span>
    <span class={css.name}>{tile.name}</span>
    {tile.pin && (
      <small data-nocut="">
        {tile.badge} · PIN {tile.pin}
      </small>
    )}
  </button>
)

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map(word => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase()

const EnterPin = ({
  tile,
  check,
  onBack
}: {
  readonly tile: Tile
  readonly check: CheckPin
  readonly onBack: () => void
}) => {
  const [digits, setDigits] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const shown = useRef(true)
  useEffect(
    () => () => {
      shown.current = false
    },
    []
  )
  const change = (next: string) => {
    setDigits(next)
    if (next.length > 0) setProblem(undefined)
    if (next.length < PIN_LENGTH) return
    setBusy(true)
    void check(tile.person, next).then(said => {
      if (!shown.current) return
      setBusy(false)
      setDigits('')
      setProblem(said)
    })
  }
  return (
    <>
      <div class={css.row}>
        <h2>{tile.name}</h2>
        <Button onPress={onBack}>Somebody else</Button>
      </div>
      <p class={css.problem} role="alert">
        {problem ?? (tile.pin ? `The sample PIN is ${tile.pin}.` : busy ? 'Checking …' : 'Enter your PIN.')}
      </p>
      <PinPad digits={digits} busy={busy} onChange={change} />
    </>
  )
}
