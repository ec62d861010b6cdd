/** Saved column mappings: how another system's files become ours. A mapping is data; the ones we ship are in mappings/. */
import { readFileSync, readdirSync } from 'node:fs'
import * as z from 'zod'
import { tidyValue } from './cell.ts'
import type { Take } from './row-reader.ts'

export type Expression =
  | string
  | { readonly const: string }
  | { readonly param: string; readonly else?: Expression | undefined }
  | { readonly join: readonly Expression[]; readonly with: string }
  | { readonly first: readonly Expression[] }
  | { readonly lookup: string; readonly by: string }
  | { readonly words: Readonly<Record<string, string>>; readonly of: Expression; readonly else: string }
  | { readonly value: string; readonly at: string }

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({ const: z.string() }),
    z.strictObject({ param: z.string(), else: z.optional(expression) }),
    z.strictObject({ join: z.array(expression), with: z.string() }),
    z.strictObject({ first: z.array(expression) }),
    z.strictObject({ lookup: z.string(), by: z.string() }),
    z.strictObject({ words: z.record(z.string(), z.string()), of: expression, else: z.string() }),
    /** A part's value in one spelling; `at` names the column of its places. */
    z.strictObject({ value: z.string(), at: z.string() })
  ])
)

const skipRule = z.strictObject({ column: z.string(), matches: z.string(), because: z.string() })
const output = z.strictObject({
  template: z.string(),
  columns: z.record(z.string(), expression),
  /** Rows that are left out, and told; patterns are regular expressions over one column. */
  skip: z.optional(z.array(skipRule)),
  /** One row made from the file as a whole: the assembly that a bill of material is of. */
  once: z.optional(z.boolean())
})
const mappingShape = z.strictObject({
  name: z.string(),
  title: z.string(),
  note: z.optional(z.string()),
  sources: z.array(z.strictObject({ file: z.string(), outputs: z.array(output) })),
  lookups: z.optional(z.record(z.string(), z.strictObject({ file: z.string(), key: z.string(), take: expression })))
})
export type Mapping = z.infer<typeof mappingShape>
export type MappingOutput = z.infer<typeof output>

const folder = new URL('./mappings/', import.meta.url)

export const mappingNames = (): readonly string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => name.slice(0, -5))
    .sort()

/** A mapping we ship, or undefined. @throws when the shipped file itself has the wrong shape. */
export const mappingNamed = (name: string): Mapping | undefined =>
  mappingNames().includes(name)
    ? mappingShape.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')))
    : undefined

export type Params = Readonly<Record<string, string>>
export type Lookups = ReadonlyMap<string, ReadonlyMap<string, string>>

/** The columns of `headers` that an expression reads; a mapping whose columns are missing does not fit the file. */
export const columnsIn = (one: Expression): readonly string[] => {
  if (typeof one === 'string') return [one]
  if ('join' in one) return one.join.flatMap(columnsIn)
  if ('first' in one) return one.first.flatMap(columnsIn)
  if ('lookup' in one) return [one.by]
  if ('words' in one) return columnsIn(one.of)
  if ('value' in one) return [one.value, one.at]
  return []
}

/** Makes an expression a reader of one file's rows. `stem` is the file's name without its ending. */
export const takeOf = (
  one: Expression,
  headers: readonly string[],
  context: { params: Params; lookups: Lookups; stem: string }
): Take => {
  const again = (inner: Expression): Take => takeOf(inner, headers, context)
  const cell = (column: string): Take => {
    const at = headers.indexOf(column)
    return cells => cells[at]?.trim() ?? ''
  }
  if (typeof one === 'string') return cell(one)
  if ('const' in one) return () => one.const
  if ('param' in one) {
    const given = context.params[one.param] ?? (one.param === 'file' ? context.stem : undefined)
    return given !== undefined ? () => given : one.else === undefined ? () => '' : again(one.else)
  }
  if ('join' in one) {
    const parts = one.join.map(again)
    return cells =>
      parts
        .map(part => part(cells))
        .filter(part => part !== '')
        .join(one.with)
  }
  if ('first' in one) {
    const parts = one.first.map(again)
    return cells => parts.map(part => part(cells)).find(part => part !== '') ?? ''
  }
  if ('lookup' in one) {
    const table = context.lookups.get(one.lookup)
    const by = cell(one.by)
    return cells => table?.get(by(cells)) ?? ''
  }
  if ('words' in one) {
    const of = again(one.of)
    return cells => one.words[of(cells)] ?? one.else
  }
  const [value, at] = [cell(one.value), cell(one.at)]
  return cells => tidyValue(value(cells), at(cells))
}

/** What a mapping asks the person for: the numbers of things that the files don't name. */
export const paramsOf = (mapping: Mapping): readonly string[] => {
  const asked = (one: Expression): readonly string[] => {
    if (typeof one === 'string') return []
    if ('param' in one)
      return [...(one.param === 'file' ? [] : [one.param]), ...(one.else === undefined ? [] : asked(one.else))]
    if ('join' in one) return one.join.flatMap(asked)
    return 'first' in one ? one.first.flatMap(asked) : []
  }
  return [
    ...new Set(
      mapping.sources.flatMap(source => source.outputs.flatMap(output => Object.values(output.columns).flatMap(asked)))
    )
  ]
}
