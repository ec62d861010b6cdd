/** What a template is, and the names that other systems give the columns that many templates share. */
import type { TableName } from './plant-tables.ts'
import type { TakeRow } from './taken.ts'

export type Column = {
  readonly name: string
  /** Other names of it, lower case, words parted by one space. */
  readonly also: readonly string[]
  /** A file without this column is not this template. */
  readonly needed?: true
}

export type Template = {
  readonly name: string
  /** The table whose rows are counted in the report. */
  readonly table: TableName
  readonly title: string
  readonly columns: readonly Column[]
  readonly take: TakeRow
  /** How two rows with one key are treated: told and stopped, or added up. */
  readonly twice: 'stop' | 'add'
}

export const column = (name: string, ...also: string[]): Column => ({ name, also })
export const needed = (name: string, ...also: string[]): Column => ({ name, also, needed: true })

export const itemNo = [
  'item',
  'item no',
  'item number',
  'part no',
  'part number',
  'pn',
  'ipn',
  'internal part number',
  'artikel',
  'artikelnummer',
  'teilenummer',
  'sku',
  'référence',
  'referencia'
]
export const revision = ['rev', 'revision', 'item rev', 'version', 'stand']
export const quantity = ['qty', 'quantity', 'qty per', 'amount', 'count', 'menge', 'anzahl', 'quantité', 'cantidad']
export const unit = ['unit', 'units', 'uom', 'unit of measure', 'einheit', 'unité', 'unidad']
export const nameWords = ['name', 'description', 'title', 'bezeichnung', 'benennung', 'désignation', 'nombre']
export const op = ['op', 'op no', 'operation', 'op seq', 'sequence', 'arbeitsgang', 'ag']
export const documentWords = ['document', 'build document', 'drawing', 'dokument', 'zeichnung']
export const limits = [
  column('unit', 'uom', 'einheit'),
  column('nominal', 'target', 'soll', 'nennmass'),
  column('low', 'lower limit', 'min', 'lsl', 'untergrenze'),
  column('high', 'upper limit', 'max', 'usl', 'obergrenze')
]
export const due = needed(
  'due',
  'due date',
  'date',
  'needed',
  'required date',
  'target date',
  'termin',
  'liefertermin',
  'échéance',
  'fecha'
)
