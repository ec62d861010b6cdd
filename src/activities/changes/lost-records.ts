/** Records that a tablet made and that never came: what to say of them, giving them up, and reading a file that it exported. */
import * as z from 'zod/mini'
import { officeAction, refuse } from '#kernel/decision.ts'
import { draft } from '#kernel/event.ts'
import { note } from '#kernel/shape.ts'
import { chain, device, numbers, recordsLost } from './events.ts'
import { givenUpView, type GivenUp, type Numbers } from './projection.ts'

/**
 * Closes what nobody has any more, with a reason and a name. Should the records come all the same, they are taken in like any:
 * giving up says that nobody looks for them, and takes nothing away.
 */
export const giveUpRecords = officeAction(
  'changes/give-up-records',
  ['supervisor'],
  z.object({ device, chain, numbers, note }),
  (known, input) => {
    const before = known.get(givenUpView, input.chain)?.find(one => overlap(one.numbers, input.numbers))
    if (before) return refuse('given-up-already', { by: before.by })
    if (input.note.trim() === '') return refuse('decision-unexplained')
    return [draft(recordsLost, { ...input, note: input.note.trim() })]
  }
)

const overlap = (some: readonly Numbers[], others: readonly Numbers[]): boolean =>
  some.some(a => others.some(b => a.from <= b.to && b.from <= a.to))

/** One item of `missing` in `GET /v1/tablets`. */
export type Missing = {
  readonly device: string
  readonly chain: string
  readonly numbers: readonly Numbers[]
  readonly count: number
  readonly after: string | null
  readonly until: string
}
/** One item of `tablets` there. */
export type KnownTablet = {
  readonly device: string
  readonly name: string
  readonly use: string
  readonly station: string | null
  readonly state: string
  readonly heard: string | null
  readonly waiting: number
  readonly chain: string | null
}

/** A tablet that was heard so lately still works at sending. Milliseconds. */
const LATELY = 3 * 60_000

export type Standing = 'waits' | 'missing' | 'given-up'

/** `waits`: the tablet says itself that it has them; `missing`: nobody knows; `now` in ms since 1970. */
export const standingOf = (
  one: Missing,
  tablet: KnownTablet | undefined,
  given: readonly GivenUp[],
  now: number
): Standing => {
  const closed = given.flatMap(({ numbers }) => numbers)
  const isClosed = ({ from, to }: Numbers) => closed.some(other => other.from <= from && to <= other.to)
  if (one.numbers.every(isClosed)) return 'given-up'
  const heard = tablet?.heard ? now - Date.parse(tablet.heard) : Number.POSITIVE_INFINITY
  return tablet?.chain === one.chain && tablet.waiting >= one.count && heard < LATELY ? 'waits' : 'missing'
}

/** `12 to 18`, `3, 5 to 6`. */
export const numbersText = (numbers: readonly Numbers[]): string =>
  numbers.map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`)).join(', ')

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const exported = z.object({
  jobcard: z.literal('waiting'),
  at: z.string(),
  device: z.string().check(z.minLength(1)),
  events: z.array(z.object({ id: z.string(), h: hash, body: z.string(), n: z.int(), chain: z.string() }))
})
export type Exported = z.infer<typeof exported>
/** What one request brings: at most so many records of one chain, in their order. */
export type Part = Pick<Exported, 'device'> & {
  readonly chain: string
  readonly events: readonly Pick<Exported['events'][number], 'id' | 'h' | 'body' | 'n'>[]
}

/** Says in a sentence what is wrong with a file that is none of ours, or not whole. */
export const readExport = (text: string): Exported | { readonly problem: string } => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return text.includes('"jobcard": "waiting"') || text.includes('"jobcard":"waiting"')
      ? { problem: 'This file is cut short or damaged. Export it again on the tablet, or copy it again.' }
      : { problem: 'This is no file that a tablet exported. It is made in the tablet’s Sync centre.' }
  }
  const read = exported.safeParse(parsed)
  if (read.success) return read.data
  const where = read.error.issues[0]?.path ?? []
  return where[0] === 'events' && typeof where[1] === 'number'
    ? { problem: `Record ${where[1] + 1} of this file is damaged. Export it again on the tablet.` }
    : { problem: 'This is no file that a tablet exported. It is made in the tablet’s Sync centre.' }
}

const PART = { events: 200, characters: 200_000 }

/** Chain by chain, in the order in which they were made, in pieces that fit a request. */
export const partsOf = ({ device, events }: Exported): readonly Part[] => {
  const parts: { device: string; chain: string; events: Part['events'][number][]; size: number }[] = []
  for (const chain of new Set(events.map(one => one.chain)))
    for (const { id, h, body, n } of events.filter(one => one.chain === chain).sort((a, b) => a.n - b.n)) {
      const last = parts.at(-1)
      const fits =
        last?.chain === chain && last.events.length < PART.events && last.size + body.length <= PART.characters
      const part = fits ? last : { device, chain, events: [], size: 0 }
      if (!fits) parts.push(part)
      part.events.push({ id, h, body, n })
      part.size += body.length
    }
  return parts.map(({ size: _, ...part }) => part)
}

export type Verdict = { readonly verdict: string; readonly code?: string }

/** What came of a file, for a person. */
export const broughtWords = (verdicts: readonly Verdict[]): string => {
  const count = (is: (one: Verdict) => boolean) => verdicts.filter(is).length
  const parts: readonly (readonly [number, string])[] = [
    [count(one => one.verdict === 'applied'), 'taken in'],
    [count(one => one.verdict === 'flagged'), 'taken in and put before a supervisor'],
    [count(one => one.verdict === 'duplicate' || one.code === 'known-already'), 'here already'],
    [
      count(one => (one.verdict === 'quarantined' && one.code !== 'known-already') || one.verdict === 'refused'),
      'set aside, see To decide'
    ],
    [count(one => one.verdict === 'gap'), 'not taken in: records before them are missing'],
    [count(one => one.verdict === 'fork'), 'not taken in: the office has others under their numbers'],
    [count(one => one.verdict === 'retry'), 'not taken in now: try again']
  ]
  const said = parts.filter(([many]) => many > 0).map(([many, words]) => `${many} ${words}`)
  return said.length === 0 ? 'Nothing waits in this file.' : `${said.join(', ')}.`
}
