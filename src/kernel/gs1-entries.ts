/** The lines of the Syntax Dictionary read into entries, by AI. */
import { GS1_TABLE } from './gs1-table.ts'

export type Component = {
  readonly set: string
  readonly min: number
  readonly max: number
  readonly optional: boolean
  readonly checks: readonly string[]
}
export type AiEntry = {
  readonly ai: string
  readonly title: string
  /** Its length is known beforehand, so no separator follows. */
  readonly fixed: boolean
  readonly attribute: boolean
  readonly components: readonly Component[]
  readonly needs: readonly (readonly string[])[]
  readonly excludes: readonly string[]
  /** Sequences of qualifiers in a Digital Link; `undefined` for what is no key. */
  readonly key: readonly (readonly string[])[] | undefined
}

const componentOf = (word: string): Component => {
  const optional = word.startsWith('[')
  const [type = '', ...checks] = word.replace(/[[\]]/g, '').split(',')
  const open = type.slice(1).startsWith('..')
  const max = Number(type.slice(open ? 3 : 1))
  return { set: type.slice(0, 1), min: open ? 1 : max, max, optional, checks }
}

const entriesOf = (line: string): readonly AiEntry[] => {
  const [data = '', title = ''] = line.split(' # ')
  const [range = '', flags = '', ...words] = data.split(' ')
  const [from = '', to = from] = range.split('-')
  const attributes = words.filter(word => /^(req|ex)=|^dlpkey/.test(word))
  const listed = (name: string): readonly (readonly string[])[] =>
    attributes.filter(word => word.startsWith(`${name}=`)).map(word => word.slice(name.length + 1).split(','))
  const key = attributes.find(word => word.startsWith('dlpkey'))
  const entry = {
    title,
    fixed: flags.includes('*'),
    attribute: flags.includes('?'),
    components: words.filter(word => !attributes.includes(word)).map(componentOf),
    needs: listed('req'),
    excludes: listed('ex').flat(),
    key: key === undefined ? undefined : (key.split('=')[1]?.split('|') ?? []).map(one => one.split(','))
  }
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => ({
    ...entry,
    ai: String(Number(from) + i).padStart(from.length, '0')
  }))
}

export const entries: ReadonlyMap<string, AiEntry> = new Map(
  GS1_TABLE.split('\n')
    .flatMap(entriesOf)
    .map(entry => [entry.ai, entry])
)
