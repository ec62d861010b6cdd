/** What an edit of the plan does, in sentences: what gets worse first. */
import { show } from '#kernel/quantity.ts'
import { dayText } from '#kernel/calendar.ts'
import { showDay } from '#ui/desk-parts.tsx'
import { Progress } from '#ui/progress.tsx'
import { type Level, StateMark } from '#ui/state-mark.tsx'
import type { Consequence, Late, Outlook, Overload, Short } from '../mps/consequences.ts'
import css from './plan-desk.module.css'

type Names = {
  readonly item: (item: string) => string
  readonly bucket: (at: number) => string
  readonly resource: (id: string) => string
}
type Line = { readonly level: Level; readonly word: string; readonly text: string }

/** Shown at once; the rest is one line. */
const SHOWN = 12

type Props = {
  /** Undefined while nothing was changed: then the state of the plan itself is told. */
  readonly consequences: readonly Consequence[] | undefined
  readonly outlook: Outlook | undefined
  readonly part: number | undefined
  readonly problem: string | undefined
  readonly names: Names
}

export const Consequences = ({ consequences, outlook, part, problem, names }: Props) => {
  const lines = consequences ? consequences.map(one => lineOf(one, names)) : outlook ? standing(outlook, names) : []
  return (
    <aside class={css.aside} aria-label="Consequences" aria-live="polite" aria-busy={part !== undefined}>
      <h2>{consequences ? 'What this changes' : 'As planned'}</h2>
      {part !== undefined && !outlook && <Progress label="Planning" part={part} />}
      {problem !== undefined && <StateMark level="attention" word={problem} />}
      {outlook && lines.length === 0 && (
        <p>{consequences ? 'Nobody waits longer, nothing more is short.' : 'Nothing is short and nobody waits.'}</p>
      )}
      <ul>
        {lines.slice(0, SHOWN).map(line => (
          <li key={`${line.word}${line.text}`}>
            <StateMark level={line.level} word={line.word} />
            <span>{line.text}</span>
          </li>
        ))}
      </ul>
      {lines.length > SHOWN && <p>and {lines.length - SHOWN} more.</p>}
    </aside>
  )
}

const shortText = ({ item, short, day, stops, stopped }: Short, names: Names): string => {
  const whom = stops === undefined ? '' : `; stops ${stops}${stopped > 1 ? ` and ${stopped - 1} more` : ''}`
  return `${names.item(item)}: ${show(short)} short on ${showDay(dayText(day))}${whom}`
}
const lateText = ({ what, item, days }: Late, names: Names): string =>
  `${what.includes(names.item(item)) ? what : `${what}, ${names.item(item)}`}: ${days} ${days === 1 ? 'day' : 'days'} late`
const overText = ({ resource, bucket, over }: Overload, names: Names): string =>
  `${names.resource(resource)}, ${names.bucket(bucket)}: ${show(Math.round(over / 6) / 10)} h too much`

const WORDS: Readonly<Record<Consequence['kind'], readonly [Level, string]>> = {
  'shortage-appears': ['stop', 'short'],
  'shortage-grows': ['stop', 'shorter'],
  'shortage-shrinks': ['info', 'less short'],
  'shortage-goes': ['normal', 'no longer short'],
  'late-appears': ['stop', 'late'],
  later: ['stop', 'later'],
  'less-late': ['info', 'less late'],
  'late-goes': ['normal', 'no longer late'],
  'overload-appears': ['attention', 'too much'],
  'overload-grows': ['attention', 'more too much'],
  'overload-shrinks': ['info', 'less too much'],
  'overload-goes': ['normal', 'fits again']
}

const lineOf = (one: Consequence, names: Names): Line => {
  const [level, word] = WORDS[one.kind]
  const text =
    'short' in one.now
      ? shortText(one.now, names)
      : 'days' in one.now
        ? lateText(one.now, names)
        : overText(one.now, names)
  return { level, word, text }
}

const standing = ({ shortages, late, overloads }: Outlook, names: Names): readonly Line[] => [
  ...shortages.map((one): Line => ({ level: 'stop', word: 'short', text: shortText(one, names) })),
  ...late.map((one): Line => ({ level: 'stop', word: 'late', text: lateText(one, names) })),
  ...overloads.map((one): Line => ({ level: 'attention', word: 'too much', text: overText(one, names) }))
]
