/** What a template makes of one row of a file. */
import type { Plant, TableName } from './plant-tables.ts'
import type { RowReader } from './row-reader.ts'

/** What a row says: where it goes, and the row itself. `undefined`: the row is left out or broken, and was told. */
export type Taken = { readonly table: TableName; readonly group: string; readonly key: string; readonly row: unknown }

export type TakeRow = (reader: RowReader, plant: Plant, pins: Map<string, string>) => readonly Taken[] | undefined
