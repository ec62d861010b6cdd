/** Which template or mapping reads which file, decided before any row is read. */
import { basename, extname } from 'node:path'
import { columnsIn, takeOf, type Lookups, type Mapping, type MappingOutput, type Params } from './mapping.ts'
import type { Problems } from './problem.ts'
import { readText, type Encoding } from './read-text.ts'
import type { Take } from './row-reader.ts'
import { eachRow, readTable, type TableText } from './table-text.ts'
import type { Template } from './template.ts'
import { columnsOf, plainHeader, templateNamed, templates } from './templates.ts'

export type SourceFile = { readonly name: string; readonly bytes: Uint8Array }

export const LIMITS = { bytes: 50 * 1024 * 1024, rows: 500_000 } as const

type Skip = { readonly test: (cells: readonly string[]) => boolean; readonly column: string; readonly because: string }

/** One reading of one file by one template; a mapped file may be read several times. */
export type Pass = {
  readonly file: string
  readonly template: Template
  readonly table: TableText
  readonly encoding: Encoding
  readonly columns: ReadonlyMap<string, Take>
  readonly skips: readonly Skip[]
  readonly once: boolean
  /** Read through a saved mapping, not through our own headers. */
  readonly mapped: boolean
  /** The headers that say what a row is about; quantities and places are left out. */
  readonly reads: ReadonlySet<string>
}

export type SourceOptions = { readonly mapping?: Mapping | undefined; readonly params: Params }

/** The passes over all files, in the order in which one may refer to another. */
export const passesOf = (files: readonly SourceFile[], options: SourceOptions, problems: Problems): readonly Pass[] => {
  const texts = new Map<string, { text: string; encoding: Encoding }>()
  for (const file of files) {
    const read = textOf(file, problems)
    if (read) texts.set(file.name, read)
  }
  const lookups = options.mapping ? lookupsOf(options.mapping, texts, options.params) : new Map()
  const passes = [...texts].flatMap(([name, read]) =>
    options.mapping
      ? mappedPasses(name, read, options.mapping, { params: options.params, lookups }, problems)
      : plainPass(name, read, problems)
  )
  const order = (pass: Pass): number => templates.indexOf(pass.template)
  return passes.sort((a, b) => order(a) - order(b))
}

const textOf = (file: SourceFile, problems: Problems): { text: string; encoding: Encoding } | undefined => {
  const stop = (message: string): undefined => {
    problems.add({ file: file.name, row: 0, column: '', value: '', level: 'stop', message })
    return undefined
  }
  if (file.bytes.length > LIMITS.bytes)
    return stop(`The file has ${Math.ceil(file.bytes.length / 1048576)} MB, and 50 MB is the most: split it`)
  if (file.bytes[0] === 0x50 && file.bytes[1] === 0x4b) return stop('This is a spreadsheet file: save it as CSV')
  const read = readText(file.bytes)
  if (!read) return stop('This is not a text file')
  return read.text.trim() === ''
    ? stop('The file is empty')
    : { text: read.text.replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, ''), encoding: read.encoding }
}

const stemOf = (name: string): string => basename(name, extname(name)).toLowerCase()

const plainPass = (
  name: string,
  { text, encoding }: { text: string; encoding: Encoding },
  problems: Problems
): readonly Pass[] => {
  const wanted = templateNamed(stemOf(name).replace(/[\s-]+/g, '_'))
  const candidates = wanted ? [wanted] : templates
  const fitOf = (template: Template, headers: readonly string[]): number => {
    const found = columnsOf(template, headers)
    return template.columns.some(one => one.needed && !found.has(one.name))
      ? 0
      : found.size / Math.max(headers.length, found.size) + found.size
  }
  const table = readTable(text, headers => Math.max(...candidates.map(template => fitOf(template, headers))))
  const template = table && [...candidates].sort((a, b) => fitOf(b, table.headers) - fitOf(a, table.headers))[0]
  if (!table || !template) {
    const missing = wanted?.columns
      .filter(one => one.needed)
      .map(one => one.name)
      .join(', ')
    const message = wanted
      ? `No row has the columns that ${wanted.name} needs: ${missing}. Is another character parting the cells?`
      : `No template has these columns. Name the file after its template (${templates.map(one => one.name).join(', ')}), or choose a mapping`
    problems.add({
      file: name,
      row: 1,
      column: '',
      value: text.slice(0, 80).split('\n')[0] ?? '',
      level: 'stop',
      message
    })
    return []
  }
  const found = columnsOf(template, table.headers)
  tellUnread(name, table, new Set(found.values()), problems)
  const columns = new Map<string, Take>([...found].map(([column, at]) => [column, cells => cells[at] ?? '']))
  return [
    { file: name, template, table, encoding, columns, skips: [], once: false, mapped: false, reads: new Set<string>() }
  ]
}

const tellUnread = (file: string, table: TableText, read: ReadonlySet<number>, problems: Problems): void => {
  const seen = new Map<string, number>()
  table.headers.forEach((header, at) => {
    const plain = plainHeader(header)
    const told = (message: string): void =>
      problems.add({ file, row: table.headerRow, column: header, value: header, level: 'look', message })
    if (header !== '' && seen.has(plain)) told(`Two columns are called ${header}: the first is read`)
    else if (header !== '' && !read.has(at)) told(`Column ${header} is not read`)
    seen.set(plain, at)
  })
}

const fileMatches = (pattern: string, name: string): boolean => {
  const plain = basename(name).toLowerCase()
  return new RegExp(
    `^${pattern
      .toLowerCase()
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`
  ).test(plain)
}

const neededBy = (output: MappingOutput): readonly string[] => [
  ...new Set(Object.values(output.columns).flatMap(columnsIn))
]

const aboutOf = ({ columns }: MappingOutput): ReadonlySet<string> => {
  const { qty: _qty, refdes: _refdes, note: _note, ...about } = columns
  const places = columnsIn(columns['refdes'] ?? { const: '' })
  return new Set(
    Object.values(about)
      .flatMap(columnsIn)
      .filter(header => !places.includes(header) && header !== columns['qty'])
  )
}

const mappedPasses = (
  name: string,
  { text, encoding }: { text: string; encoding: Encoding },
  mapping: Mapping,
  context: { params: Params; lookups: Lookups },
  problems: Problems
): readonly Pass[] => {
  const source = mapping.sources.find(one => fileMatches(one.file, name))
  const told = (level: 'stop' | 'look', message: string): readonly Pass[] => {
    problems.add({ file: name, row: 0, column: '', value: '', level, message })
    return []
  }
  if (!source) return told('look', `The mapping ${mapping.name} has no use for this file: left out`)
  const wanted = [...new Set(source.outputs.flatMap(neededBy))]
  const table = readTable(text, headers => (wanted.every(column => headers.includes(column)) ? wanted.length : 0))
  if (!table) return told('stop', `No row has the columns that the mapping ${mapping.name} reads: ${wanted.join(', ')}`)
  const stem = basename(name).replace(/(\.bom)?\.[^.]*$/i, '')
  return source.outputs.flatMap(output => {
    const template = templateNamed(output.template)
    if (!template)
      return told('stop', `The mapping ${mapping.name} names a template that there is not: ${output.template}`)
    const columns = new Map(
      Object.entries(output.columns).map(([column, one]) => [column, takeOf(one, table.headers, { ...context, stem })])
    )
    const skips = (output.skip ?? []).map(({ column, matches, because }) => {
      const at = table.headers.indexOf(column)
      const pattern = new RegExp(matches)
      return { column, because, test: (cells: readonly string[]) => pattern.test(cells[at]?.trim() ?? '') }
    })
    return [
      {
        file: name,
        template,
        table,
        encoding,
        columns,
        skips,
        once: output.once ?? false,
        mapped: true,
        reads: aboutOf(output)
      }
    ]
  })
}

/**
 * The mapping that was made for such files, by their names and columns: the one that reads most of them, and of two that read
 * as many the one made for fewer kinds. Undefined when none reads any.
 */
export const mappingFor = (files: readonly SourceFile[], mappings: readonly Mapping[]): Mapping | undefined => {
  const texts = files.map(({ name, bytes }) => ({ name, text: readText(bytes)?.text ?? '' }))
  const reads = (mapping: Mapping): number =>
    texts.filter(({ name, text }) => {
      const source = mapping.sources.find(one => fileMatches(one.file, name))
      const wanted = [...new Set(source?.outputs.flatMap(neededBy))]
      return wanted.length > 0 && readTable(text, headers => Number(wanted.every(one => headers.includes(one))))
    }).length
  const [best] = mappings
    .map(mapping => ({ mapping, reads: reads(mapping) }))
    .filter(one => one.reads > 0)
    .sort((a, b) => b.reads - a.reads || a.mapping.sources.length - b.mapping.sources.length)
  return best?.mapping
}

const lookupsOf = (mapping: Mapping, texts: ReadonlyMap<string, { text: string }>, params: Params): Lookups => {
  const lookups = new Map<string, Map<string, string>>()
  for (const [name, { file, key, take }] of Object.entries(mapping.lookups ?? {})) {
    const values = new Map<string, string>()
    lookups.set(name, values)
    const text = [...texts].find(([fileName]) => fileMatches(file, fileName))?.[1].text
    const table = text === undefined ? undefined : readTable(text, headers => (headers.includes(key) ? 1 : 0))
    if (!table) continue
    const at = table.headers.indexOf(key)
    const value = takeOf(take, table.headers, { params, lookups: new Map(), stem: '' })
    eachRow(table, (_, cells) => values.set(cells[at]?.trim() ?? '', value(cells)))
  }
  return lookups
}
