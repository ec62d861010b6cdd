/** Names of the plan's messages, and which of them belong together. */
import type { Level } from '#ui/state-mark.tsx'
import type { MessageKind, PlanMessage } from '../planning/problem.ts'

const NAMES: Readonly<Partial<Record<MessageKind, string>>> = {
  release: 'Release',
  expedite: 'Expedite',
  defer: 'Defer',
  increase: 'Increase',
  decrease: 'Decrease',
  cancel: 'Cancel',
  'past-due': 'Past due',
  'no-supply': 'No supply',
  'below-safety': 'Below safety',
  'inside-fence': 'Inside the fence',
  'tool-short': 'Tool short'
}

/** Everything else is about the data. */
export const kindName = (kind: MessageKind): string => NAMES[kind] ?? 'Check the data'

export const levelOf = ({ severity }: PlanMessage): Level => severity

/** Worst first, then the day to act on; what has no day comes last. */
export const byUrgency = (a: PlanMessage, b: PlanMessage): number =>
  RANK[a.severity] - RANK[b.severity] ||
  (a.day ?? Number.MAX_SAFE_INTEGER) - (b.day ?? Number.MAX_SAFE_INTEGER) ||
  (a.key < b.key ? -1 : 1)

const RANK = { stop: 0, attention: 1, info: 2 } as const

/** When each message was first seen: what is still there keeps its day, what is gone is forgotten. */
export const seenSince = (
  before: Readonly<Record<string, number>>,
  keys: readonly string[],
  today: number
): Readonly<Record<string, number>> => Object.fromEntries(keys.map(key => [key, before[key] ?? today]))

/** A sentence without the part's name in front, where that stands above it already. */
export const bare = (sentence: string, name: string): string => {
  if (!sentence.startsWith(`${name}: `)) return sentence
  const rest = sentence.slice(name.length + 2)
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
