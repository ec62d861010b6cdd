/** Typing a measured value with its limits in view. What is typed is kept until it is recorded. */
import { useState } from 'preact/hooks'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import type { Floor } from '#ui/floor.tsx'
import { LimitBar } from '#ui/limit-bar.tsx'
import { rangeWords } from '#ui/limit-words.ts'
import { readNumber } from '#ui/number-entry.ts'
import { NumberPad } from '#ui/number-pad.tsx'
import type { Lot } from '../known.ts'
import type { Characteristic } from '../plans.ts'
import type { Result } from '../projection.ts'
import { foundWords, timeOf } from './earlier.tsx'
import { LastDots } from './last-dots.tsx'
import { clear, record } from './recording.ts'
import css from './value-dialog.module.css'

type Props = {
  readonly floor: Floor
  readonly lot: Lot
  readonly sample: number
  readonly check: Characteristic
  readonly result: Result | undefined
  readonly onClose: () => void
}

export const ValueDialog = ({ floor, lot, sample, check, result, onClose }: Props) => {
  const { workOrder, op, last } = lot.inspection
  const key = `quality/value/${workOrder}/${op}/${sample}/${check.number}`
  const [typed, setTyped] = useState(floor.draft(key) ?? '')
  const value = readNumber(typed)
  const before = (last[check.number] ?? []).filter(one => one.sample !== sample).slice(-3)
  const type = (next: string) => {
    floor.setDraft(key, next)
    setTyped(next)
  }
  const done = (ok: boolean) => {
    if (!ok) return
    floor.setDraft(key, undefined)
    onClose()
  }
  const gauge = check.gauge === undefined ? {} : { gauge: check.gauge }
  const save = async () => {
    if (value === undefined) return floor.tell({ text: `Type the value of check ${check.number}.`, tone: 'stop' })
    // One's own value again says nothing new; somebody else's is a second look.
    if (value === result?.value && result.person === floor.person.peek()?.person) return done(true)
    done(await record(floor, lot, sample, check, result, { value, ...gauge }))
  }
  const noReading = async () =>
    done(await record(floor, lot, sample, check, result, { verdict: 'fail', text: 'No reading', ...gauge }))
  return (
    <Dialog title={`Piece ${sample} · check ${check.number} ${check.name}`} onClose={onClose} wide>
      <div class={css.entry}>
        <div class={css.facts}>
          <p class={css.range} data-nocut="">
            {rangeWords(check, check.unit) || 'no limits'}
          </p>
          <LimitBar
            value={value ?? (typed === '' ? result?.value : undefined)}
            low={check.low}
            high={check.high}
            nominal={check.nominal}
            unit={check.unit}
          />
          {result && (
            <p>
              Recorded: <strong data-nocut="">{foundWords(result, check.unit)}</strong>, {floor.nameOf(result.person)}{' '}
              {timeOf(result.at)}
            </p>
          )}
          {check.method && <p>{check.method}</p>}
          {check.gauge && <p class={css.quiet}>with gauge {check.gauge}</p>}
          {before.length > 0 && (
            <div class={css.last}>
              <LastDots check={check} values={before} />
              <p class={css.quiet}>before: {before.map(one => show(one.value)).join(', ')}</p>
            </div>
          )}
          <div class={css.other}>
            <Button onPress={() => void noReading()}>No reading</Button>
            {result && <Button onPress={() => void clear(floor, lot, sample, check).then(done)}>Take it back</Button>}
          </div>
        </div>
        <NumberPad
          label={check.name}
          unit={check.unit}
          value={typed}
          onChange={type}
          onDone={() => void save()}
          done="Save"
        />
      </div>
    </Dialog>
  )
}
