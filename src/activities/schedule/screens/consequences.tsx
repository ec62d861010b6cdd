/** What an edit of the plan does, in sentences: what gets worse first. */
import { Progress } from '#ui/progress.tsx'
import { type Level, StateMark } from '#ui/state-mark.tsx'
import type { Consequence, Late, Outlook, Overload, Short } from '../mps/consequences.ts'
import css from './plan-desk.module.css'
import { lateName, lateWords, overWords, type PlanNames, shortWords } from './plan-names.ts'

type Line = { readonly level: Level; readonly word: string; readonly text: string }

/** Shown at once; the rest is one line. */
const SHOWN = 12

type Props = {
  /** Undefined while nothing was changed: then the state of the plan itself is told. */
  readonly consequences: readonly Consequence[] | undefined
  readonly outlook: Outlook | undefined
  readonly part: number | undefined
  readonly problem: string | undefined
  readonly names: PlanNames
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

const shortText = (one: Short, names: PlanNames): string => `${names.item(one.item)}: ${shortWords(one)}`
const lateText = (one: Late, names: PlanNames): string => `${lateName(one, names)}: ${lateWords(one)}`
const overText = (one: Overload, names: PlanNames): string =>
  `${names.resource(one.resource)}, ${names.bucket(one.bucket)}: ${overWords(one)}`

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

const lineOf = (one: Consequence, names: PlanNames): Line => {
  const [level, word] = WORDS[one.kind]
  const text =
    'short' in one.now
      ? shortText(one.now, names)
      : 'days' in one.now
        ? lateText(one.now, names)
        : overText(one.now, names)
  return { level, word, text }
}

const standing = ({ shortages, late, overloads }: Outlook, names: PlanNames): readonly Line[] => [
  ...shortages.map((one): Line => ({ level: 'stop', word: 'short', text: shortText(one, names) })),
  ...late.map((one): Line => ({ level: 'stop', word: 'late', text: lateText(one, names) })),
  ...overloads.map((one): Line => ({ level: 'attention', word: 'too much', text: overText(one, names) }))
]
