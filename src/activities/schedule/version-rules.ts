/** What takes two people: changing a build inside the frozen zone, and putting names under a master schedule. */
import * as z from 'zod/mini'
import { canonical } from '#kernel/canonical.ts'
import { type Given, type Known, officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { numberAfter } from '#kernel/number.ts'
import { code, day, name, note, ordinal, positive, sha256, uuid } from '#kernel/shape.ts'
import { purchaseLineChanged } from '#activities/materials/events.ts'
import { calendarSet } from '#plant/events.ts'
import {
  buildPlanned,
  demandSet,
  forecastSet,
  frozenEditApproved,
  frozenEditAsked,
  frozenEditDeclined,
  mpsVersionLocked,
  mpsVersionSigned,
  scenarioPublished
} from './events.ts'
import { buildLacks, frozenUntil, planInput, todayOf } from './frozen.ts'
import { openOrderView } from './order-view.ts'
import { buildView, plannedItemView } from './projection.ts'
import { frozenEditView, mpsVersionView } from './version-view.ts'

export const askFrozenEdit = officeAction(
  'schedule/ask-frozen-edit',
  ['planner'],
  z.extend(planInput, { reason: note }),
  (known, input, given) => {
    const lacking = buildLacks(known, input)
    if (lacking) return lacking
    if (input.reason.trim() === '') return refuse('edit-unexplained')
    if (!frozenUntil(known, input, given)) return refuse('edit-not-frozen')
    const open = known.list(frozenEditView).find(([, one]) => one.build === input.build && one.state === 'asked')
    if (open) return refuse('edit-asked-already', { build: input.build })
    const was = known.get(buildView, input.build)
    return [
      draft(frozenEditAsked, {
        ...input,
        reason: input.reason.trim(),
        edit: given.newId(),
        ...(was ? { was: { quantity: was.quantity, due: was.due } } : {})
      })
    ]
  }
)

/** The supervisor's name under it; the build changes with the signature. */
export const approveFrozenEdit = officeAction(
  'schedule/approve-frozen-edit',
  ['supervisor'],
  z.object({ edit: uuid }),
  (known, { edit }, given) => {
    const asked = known.get(frozenEditView, edit)
    if (!asked) return refuse('edit-unknown')
    if (asked.state !== 'asked') return refuse('edit-decided')
    if (asked.person === given.person) return refuse('edit-own')
    const { build, item, quantity, due, was } = asked
    const lacking = buildLacks(known, asked)
    if (lacking) return lacking
    const now = known.get(buildView, build)
    if (now?.quantity !== was?.quantity || now?.due !== was?.due) return refuse('edit-stale', { build })
    return [draft(frozenEditApproved, { edit }), draft(buildPlanned, { build, item, quantity, due })]
  }
)

export const declineFrozenEdit = officeAction(
  'schedule/decline-frozen-edit',
  ['supervisor', 'planner'],
  z.object({ edit: uuid, note }),
  (known, { edit, note: said }) => {
    const asked = known.get(frozenEditView, edit)
    if (!asked) return refuse('edit-unknown')
    if (asked.state !== 'asked') return refuse('edit-decided')
    if (said.trim() === '') return refuse('edit-unexplained')
    return [draft(frozenEditDeclined, { edit, note: said.trim() })]
  }
)

/** Takes the master schedule down as it is. The office numbers the versions. */
export const lockMpsVersion = officeAction(
  'schedule/lock-mps-version',
  ['planner'],
  z.object({ note: z.optional(note) }),
  (known, input, given) => {
    const content = mpsContentOf(known, given)
    if (content.builds.length + content.orders.length === 0) return refuse('version-empty')
    const said = input.note?.trim()
    return [
      draft(mpsVersionLocked, {
        version: numberAfter('MPS-', known.list(mpsVersionView)),
        hash: given.hash(canonical(content)),
        content,
        ...(said ? { note: said } : {})
      })
    ]
  }
)

/** `hash` is what the person had on screen: nobody signs what they have not seen. */
export const signMpsVersion = officeAction(
  'schedule/sign-mps-version',
  ['supervisor'],
  z.object({ version: code, hash: sha256 }),
  (known, { version, hash }, { person }) => {
    const was = known.get(mpsVersionView, version)
    if (!was) return refuse('version-unknown', { version })
    if (was.signedBy !== undefined) return refuse('version-signed', { version })
    if (was.lockedBy === person) return refuse('version-own')
    if (was.hash !== hash) return refuse('version-differs', { version })
    return [draft(mpsVersionSigned, { version, hash })]
  }
)

/** Planned builds and open orders, sorted, so that the same plan has the same hash. */
const mpsContentOf = (known: Known, given: Given) => ({
  on: todayOf(known, given),
  builds: known.list(buildView).map(([, { build, item, quantity, due, workOrder }]) => ({
    build,
    item,
    quantity,
    due,
    ...(workOrder === undefined ? {} : { workOrder })
  })),
  orders: known
    .list(openOrderView)
    .filter(([, { state }]) => state === 'open')
    .map(([, { workOrder, item, quantity, due }]) => ({ workOrder, item, quantity, due }))
})

const scenarioInput = z.object({
  scenario: name,
  reason: note,
  demands: z.array(demandSet.payload),
  forecasts: z.array(forecastSet.payload),
  builds: z.array(planInput),
  receipts: z.array(z.object({ order: code, line: ordinal, quantity: z.optional(positive), due: z.optional(day) })),
  calendars: z.array(calendarSet.payload)
})

/** What was tried in a copy becomes the plan, all of it or nothing. A BOM is changed by its engineer, not by a scenario. */
export const publishScenario = officeAction(
  'schedule/publish-scenario',
  ['planner'],
  scenarioInput,
  (known, { scenario, reason, ...changes }, given) => {
    if (reason.trim() === '') return refuse('scenario-unexplained')
    const { demands, forecasts, builds, receipts, calendars } = changes
    const many = demands.length + forecasts.length + builds.length + receipts.length + calendars.length
    if (many === 0) return refuse('scenario-empty')
    for (const one of [...demands, ...forecasts])
      if (!known.get(plannedItemView, one.item)) return refuse('plan-item-unknown', { item: one.item })
    for (const one of builds) {
      const lacking = buildLacks(known, one) ?? frozenUntil(known, one, given)
      if (lacking) return lacking
    }
    return [
      draft(scenarioPublished, { scenario, reason: reason.trim(), changes: many }),
      ...demands.map(one => draft(demandSet, one)),
      ...forecasts.map(one => draft(forecastSet, one)),
      ...builds.map(one => draft(buildPlanned, one)),
      ...receipts.map(one => draft(purchaseLineChanged, { ...one, note: reason.trim() })),
      ...calendars.map(one => draft(calendarSet, one))
    ]
  }
)
