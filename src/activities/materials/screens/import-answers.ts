/** What the office answers about imports; its own shapes are in the office. */
import { saveFile } from '#ui/save-file.ts'

export type FileRow = {
  readonly file: string
  readonly template: string
  readonly encoding: string
  readonly delimiter: string
  readonly rows: number
  readonly unchanged: number
  readonly changed: number
  readonly new: number
  readonly leftOut: number
}
export type ImportProblem = {
  readonly file: string
  readonly row: number
  readonly column: string
  readonly value: string
  readonly level: 'stop' | 'look'
  readonly message: string
}
export type Report = {
  readonly files: readonly FileRow[]
  readonly rows: number
  readonly unchanged: number
  readonly changed: number
  readonly new: number
  readonly stops: number
  readonly looks: number
  readonly problems: readonly ImportProblem[]
}
export type DryRun = {
  readonly dryRun: string
  readonly report: Report
  /** The name of the mapping that these files were made for. */
  readonly suggests?: string
}
export type Applied = { readonly events: number; readonly report: Report }
export type Shapes = {
  readonly templates: readonly {
    readonly name: string
    readonly title: string
    readonly columns: readonly { readonly name: string; readonly needed: boolean }[]
  }[]
  readonly mappings: readonly {
    readonly name: string
    readonly title: string
    readonly note: string
    readonly asks: readonly string[]
  }[]
}
export type TextFile = { readonly name: string; readonly text: string }

const count = (n: number, one: string, many: string): string => `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`

/** '412 rows: 380 unchanged, 25 changed, 7 new, 3 problems' */
export const summary = (report: Report): string =>
  `${count(report.rows, 'row', 'rows')}: ${report.unchanged} unchanged, ${report.changed} changed, ${report.new} new, ${count(report.stops + report.looks, 'problem', 'problems')}`

/** Why the import can't be done now, as a sentence. */
export const whyNot = (report: Report): string | undefined => {
  if (report.stops > 0)
    return `${count(report.stops, 'problem stops', 'problems stop')} this import. Correct the file and choose it again.`
  return report.changed + report.new === 0 ? 'Nothing in these files is new or different.' : undefined
}

/** Lets the browser save a text as a file. */
export const saveText = ({ name, text }: TextFile): void =>
  saveFile(new Blob([text], { type: 'text/csv;charset=utf-8' }), name)
