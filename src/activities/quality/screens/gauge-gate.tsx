/** A gauge is scanned once by each person and day, and one that is out of date stops the work. */
import { useContext, useState } from 'preact/hooks'
import type { Refusal } from '#kernel/decision.ts'
import { readLabel } from '#kernel/label.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextInput } from '#ui/field.tsx'
import { HelpSlot } from '#ui/floor-screen.tsx'
import { type Floor, useScan } from '#ui/floor.tsx'
import { StopCard } from '#ui/stop-card.tsx'
import { dayOf, gaugeState } from '../known.ts'
import { type Characteristic, gaugeView } from '../plans.ts'
import { mayUseGauge } from '../rules.ts'
import { gaugeStop } from '../words.ts'
import css from './gauge-gate.module.css'

export type Gauges = {
  readonly has: (gauge: string) => boolean
  readonly add: (gauge: string) => void
  readonly list: readonly string[]
}

const nowOf = (floor: Floor): string => new Date(floor.now.peek()).toISOString()

export const useGauges = (floor: Floor): Gauges => {
  const key = `quality/gauges/${floor.person.value?.person ?? ''}/${dayOf(floor, nowOf(floor))}`
  const [, redraw] = useState(0)
  // Written by `add` below.
  const list = JSON.parse(floor.draft(key) ?? '[]') as readonly string[]
  return {
    list,
    has: gauge => list.includes(gauge),
    add: gauge => {
      floor.setDraft(key, JSON.stringify([...list.filter(one => one !== gauge), gauge]))
      redraw(was => was + 1)
    }
  }
}

type Props = {
  readonly floor: Floor
  readonly check: Characteristic
  readonly gauges: Gauges
  readonly onReady: () => void
  readonly onClose: () => void
}

export const GaugeGate = ({ floor, check, gauges, onReady, onClose }: Props) => {
  const [typed, setTyped] = useState('')
  const [stopped, setStopped] = useState<{ readonly scanned: string; readonly refusal: Refusal }>()
  const Help = useContext(HelpSlot)
  const needed = check.gauge ?? ''
  const offer = (raw: string): boolean => {
    const label = readLabel(raw)
    const scanned = label.label === 'tool' ? label.tool : raw.trim()
    const refusal = mayUseGauge(floor, check, scanned, nowOf(floor))
    if (refusal) {
      setStopped({ scanned, refusal })
      return true
    }
    gauges.add(scanned)
    onReady()
    return true
  }
  useScan(({ raw }) => offer(raw))
  if (stopped)
    return (
      <StopCard
        title={gaugeStop(stopped.refusal)}
        scanned={scannedWords(floor, stopped.scanned)}
        needed={neededWords(stopped.refusal, needed)}
      >
        <Button onPress={() => setStopped(undefined)}>Scan again</Button>
        <Button onPress={onClose}>Leave it for now</Button>
        {Help && <Help />}
      </StopCard>
    )
  const known = floor.get(gaugeView, needed)
  return (
    <Dialog title={`Scan gauge ${needed}`} onClose={onClose}>
      <div class={css.gate}>
        <p>
          {known?.name ?? 'The gauge'} measures check {check.number}. Scan its label once; it holds for today.
        </p>
        {known?.calibratedTo && (
          <p class={css.until} data-state={gaugeState(known, dayOf(floor, nowOf(floor)))}>
            {gaugeState(known, dayOf(floor, nowOf(floor))) === 'expired'
              ? 'Its calibration is over since'
              : 'Calibrated to'}{' '}
            <strong data-nocut="">{known.calibratedTo}</strong>
          </p>
        )}
        <div class={css.ways}>
          <Button onPress={() => floor.openCamera()}>Camera</Button>
          <TextInput
            label="Number of the gauge"
            placeholder="or type T-…"
            value={typed}
            onChange={setTyped}
            onDone={() => offer(typed)}
          />
          <Button why={typed.trim() === '' ? 'Type the number of the gauge.' : undefined} onPress={() => offer(typed)}>
            Use it
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** With hyphens that no line breaks at. */
const unbroken = (day: string): string => day.replaceAll('-', '\u2011')

const scannedWords = (floor: Floor, scanned: string): string => {
  const until = floor.get(gaugeView, scanned)?.calibratedTo
  return until === undefined ? scanned : `${scanned}, calibrated to ${unbroken(until)}`
}

const neededWords = ({ refused }: Refusal, gauge: string): string =>
  refused === 'gauge-other' ? gauge : `${gauge}, calibrated for today`
