/** What this tablet's scanner sends, key by key, which of its settings is wrong, and what the tablet remembers of its ways. */
import { useEffect, useState } from 'preact/hooks'
import { type Diagnosis, diagnose, type Finding, TEST_CODES, type TestCode } from '#device/wedge-check.ts'
import type { KeyPress } from '#device/wedge-keys.ts'
import { keepWedgeSettings, readWedgeSettings, type WedgeSettings } from '#device/wedge-settings.ts'
import { Barcode } from '#ui/barcode.tsx'
import { Button } from '#ui/button.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FloorScreen } from '#ui/floor-screen.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import css from './scanner-set-up.module.css'
import { findingWords, keyName, settingWords } from './scanner-words.ts'

type Results = ReadonlyMap<string, Diagnosis>

export const ScannerSetUp = () => {
  const floor = useFloor()
  const [results, setResults] = useState<Results>(new Map())
  const [heard, setHeard] = useState<{ presses: readonly KeyPress[]; diagnosis: Diagnosis }>()
  const [settings, setSettings] = useState(() => readWedgeSettings(localStorage))
  useKeys(presses => {
    const diagnosis = diagnose(presses)
    setHeard({ presses, diagnosis })
    const { code } = diagnosis
    if (code) setResults(was => new Map([...was, [code.text, diagnosis]]))
  })
  const keep = (next: WedgeSettings) => {
    keepWedgeSettings(localStorage, next)
    setSettings(next)
  }
  const print = (
    <Button tone="primary" onPress={() => window.print()}>
      Print the test sheet
    </Button>
  )
  const body = (
    <div class={css.page}>
      <Sheet results={results} />
      <section class={css.heard} data-screen="">
        <Heard heard={heard} settings={settings} onKeep={keep} />
        <Remembered settings={settings} onForget={() => keep({})} />
      </section>
    </div>
  )
  if (floor.place.use === 'desk')
    return (
      <DeskScreen title="Scanner" actions={print}>
        {body}
      </DeskScreen>
    )
  const back = <Button onPress={() => (history.length > 1 ? history.back() : floor.go('/'))}>Back</Button>
  return (
    <FloorScreen title="Set up the scanner" left={back} primary={print}>
      {body}
    </FloorScreen>
  )
}

const Sheet = ({ results }: { readonly results: Results }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it is longer than the screen and holds nothing else that takes the focus
  <section class={css.sheet} aria-label="Test codes" tabIndex={0}>
    <p class={css.lead}>Scan each code, from this screen or from the printed sheet.</p>
    <ol class={css.codes}>
      {TEST_CODES.map(code => (
        <Code key={code.text} code={code} found={results.get(code.text)} />
      ))}
    </ol>
  </section>
)

const Code = ({ code, found }: { readonly code: TestCode; readonly found: Diagnosis | undefined }) => {
  const fine = found?.findings.every(one => one.finding === 'fine')
  return (
    <li class={css.code} data-state={found ? (fine ? 'fine' : 'wrong') : 'open'}>
      <div class={css.name}>
        <h2>{code.name}</h2>
        <span data-screen="">
          {found ? (
            <StateMark level={fine ? 'normal' : 'attention'} word={fine ? 'Right' : 'Look'} />
          ) : (
            <StateMark level="off" word="Not scanned" />
          )}
        </span>
      </div>
      <Barcode kind={code.kind} text={code.print} label={code.print} />
    </li>
  )
}

type HeardProps = {
  readonly heard: { readonly presses: readonly KeyPress[]; readonly diagnosis: Diagnosis } | undefined
  readonly settings: WedgeSettings
  readonly onKeep: (settings: WedgeSettings) => void
}

const Heard = ({ heard, settings, onKeep }: HeardProps) => {
  if (!heard)
    return (
      <div class={css.box}>
        <h2>Nothing scanned yet</h2>
        <p>What the scanner sends stands here, key by key. No field has to be tapped first.</p>
      </div>
    )
  const { presses, diagnosis } = heard
  const helps = Object.keys(diagnosis.settings).length > 0
  const kept = Object.entries(diagnosis.settings).every(
    ([name, value]) => settings[name as keyof WedgeSettings] === value
  )
  return (
    <div class={css.box} aria-live="polite">
      <h2>{diagnosis.code ? diagnosis.code.name : 'Another code'}</h2>
      <ul class={css.findings}>
        {diagnosis.findings.map(finding => (
          <Words key={finding.finding} finding={finding} />
        ))}
      </ul>
      {helps && !kept && (
        <Button onPress={() => onKeep({ ...settings, ...diagnosis.settings })}>Let this tablet allow for it</Button>
      )}
      {helps && kept && <p class={css.quiet}>This tablet allows for it.</p>}
      <Keys presses={presses} />
    </div>
  )
}

const Words = ({ finding }: { readonly finding: Finding }) => {
  const { title, todo } = findingWords(finding)
  return (
    <li data-finding={finding.finding}>
      <StateMark level={finding.finding === 'fine' ? 'normal' : 'attention'} word={title} />
      <p>{todo}</p>
    </li>
  )
}

/** Presses that are shown; a long code is cut, its end stays. */
const SHOWN = 40

const Keys = ({ presses }: { readonly presses: readonly KeyPress[] }) => {
  const keys = presses.filter(({ key }) => key !== 'Shift' && key !== 'Control')
  const shown = keys.length > SHOWN ? [...keys.slice(0, SHOWN - 4), ...keys.slice(-4)] : keys
  const first = presses[0]?.timeStamp ?? 0
  const last = presses.at(-1)?.timeStamp ?? 0
  return (
    <>
      <ol class={css.keys} aria-label="Keys in the order they came">
        {shown.map((press, i) => (
          <li key={i} data-named={[...press.key].length > 1 || press.ctrlKey ? '' : undefined}>
            {keyName(press)}
          </li>
        ))}
      </ol>
      <p class={css.quiet} data-nocut="">
        {keys.length} keys in {Math.round(last - first)} ms
      </p>
    </>
  )
}

const Remembered = ({ settings, onForget }: { readonly settings: WedgeSettings; readonly onForget: () => void }) => {
  const lines = settingWords(settings)
  if (lines.length === 0) return null
  return (
    <div class={css.box}>
      <h2>This tablet allows for</h2>
      <ul class={css.findings}>
        {lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Button onPress={onForget}>Forget it</Button>
    </div>
  )
}

/** Milliseconds between keys of one scan at most, slow ones included, and of silence after which it is over. */
const APART_MS = 150
const OVER_MS = 300
const FEWEST = 4

/**
 * Hears the keys before the scanner's own listener does, so that a test code opens nothing. Tab, Enter and blank of a person
 * still work: they come alone.
 */
const useKeys = (onScan: (presses: readonly KeyPress[]) => void): void => {
  useEffect(() => {
    let presses: KeyPress[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const over = () => {
      const done = presses
      presses = []
      if (done.length >= FEWEST) onScan(done)
    }
    const hear = (event: KeyboardEvent) => {
      const { key, code, ctrlKey, altKey, metaKey, shiftKey, isComposing, repeat, timeStamp } = event
      const follows = presses.length > 0 && timeStamp - (presses.at(-1)?.timeStamp ?? 0) < APART_MS
      const walks = /^(Tab|Enter| |Escape|Arrow.*)$/.test(key)
      if (!follows && (walks || metaKey)) return
      clearTimeout(timer)
      if (!follows) over()
      event.stopImmediatePropagation()
      event.preventDefault()
      presses = [...presses, { key, code, ctrlKey, altKey, metaKey, shiftKey, isComposing, repeat, timeStamp }].slice(
        -400
      )
      if (key === 'Enter' || key === 'Tab') over()
      else timer = setTimeout(over, OVER_MS)
    }
    addEventListener('keydown', hear, { capture: true })
    return () => {
      clearTimeout(timer)
      removeEventListener('keydown', hear, { capture: true })
    }
  }, [])
}
