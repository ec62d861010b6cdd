/** Recording from a screen: does it, says why not. */
import { type Action, isRefusal } from '#kernel/decision.ts'
import type { Floor } from '#ui/floor.tsx'
import type { Lot } from '../known.ts'
import type { Characteristic } from '../plans.ts'
import type { Result } from '../projection.ts'
import { type CheckInput, clearCheck, recordCheck } from '../rules.ts'

/** True when it was done; a refusal is told in its own words. */
export const act = async <I>(floor: Floor, action: Action<I>, input: I): Promise<boolean> => {
  const answer = await floor.act(action, input)
  if (!isRefusal(answer)) return true
  floor.tell({ text: floor.say(answer), tone: 'stop' })
  return false
}

export type Said = Partial<Pick<CheckInput, 'verdict' | 'value' | 'text' | 'gauge' | 'photo'>>

const placeOf = (lot: Lot, sample: number, check: Characteristic) => ({
  workOrder: lot.inspection.workOrder,
  op: lot.inspection.op,
  sample,
  characteristic: check.number
})

/** A photo that was taken before the verdict waits here, so that a crash does not lose it. */
const photoKey = (lot: Lot, sample: number, check: Characteristic): string =>
  `quality/photo/${lot.inspection.workOrder}/${lot.inspection.op}/${sample}/${check.number}`

export const waitingPhoto = (floor: Floor, lot: Lot, sample: number, check: Characteristic): CheckInput['photo'] => {
  const kept = floor.draft(photoKey(lot, sample, check))
  // Written by `keepPhoto` below.
  return kept === undefined ? undefined : (JSON.parse(kept) as CheckInput['photo'])
}

export const keepPhoto = (
  floor: Floor,
  lot: Lot,
  sample: number,
  check: Characteristic,
  photo: CheckInput['photo']
): void => floor.setDraft(photoKey(lot, sample, check), photo && JSON.stringify(photo))

/** Records a check; what was said before and is not said anew stays. */
export const record = async (
  floor: Floor,
  lot: Lot,
  sample: number,
  check: Characteristic,
  was: Result | undefined,
  said: Said
): Promise<boolean> => {
  const photo = said.photo ?? waitingPhoto(floor, lot, sample, check) ?? was?.photo
  const gauge = said.gauge ?? was?.gauge
  const done = await act(floor, recordCheck, {
    ...placeOf(lot, sample, check),
    ...said,
    ...(gauge === undefined ? {} : { gauge }),
    ...(photo === undefined ? {} : { photo })
  })
  if (done) keepPhoto(floor, lot, sample, check, undefined)
  return done
}

export const clear = (floor: Floor, lot: Lot, sample: number, check: Characteristic): Promise<boolean> =>
  act(floor, clearCheck, placeOf(lot, sample, check))

/** What a recorded check said, for saying it again with something added. */
export const said = ({ verdict, value, text }: Result): Said => ({
  verdict,
  ...(value === undefined ? {} : { value }),
  ...(text === undefined ? {} : { text })
})
