import { describe, expect, it } from 'vitest'
import type { Operation } from '../events.ts'
import { sampleOperations } from '../samples.ts'
import {
  addBelow,
  type Cell,
  changed,
  inOrder,
  moveRow,
  operationsOf,
  problemsOf,
  put,
  removeRow,
  renumber,
  type Rows,
  rowsOf
} from './routing-rows.ts'

const STATIONS = new Set(sampleOperations.flatMap(one => one.stations))
const rows = rowsOf(sampleOperations)
const numbers = (all: Rows) => all.map(row => row.op)
const names = (all: Rows) => all.map(row => row.name)
const wrong = (cell: Cell, text: string): string | undefined =>
  problemsOf(put(rows, 1, cell, text), STATIONS).get(1)?.[cell]

describe('a routing as it is typed', () => {
  it('says the same operations as it was made of, with every digit that the cells do not show', () => {
    expect(operationsOf(rows)).toEqual(sampleOperations)
    const whole: Operation = {
      ...(sampleOperations[0] as Operation), // the sample has four
      runMinutes: 1 / 3,
      family: 'air',
      batch: 'cure-60',
      controlPlan: 'QC-101',
      tools: ['T-1', 'T-2']
    }
    expect(operationsOf(rowsOf([whole]))).toEqual([whole])
    expect(operationsOf(put(rowsOf([whole]), 1, 'tools', 'T-2, T-3'))[0]).toEqual({ ...whole, tools: ['T-2', 'T-3'] })
    const bare = operationsOf(
      (['family', 'batch', 'controlPlan', 'tools', 'document'] as const).reduce<Rows>(
        (all, cell) => put(all, 1, cell, ' '),
        rowsOf([whole])
      )
    )
    expect(Object.keys(bare[0] ?? {}).sort()).toEqual(['name', 'op', 'runMinutes', 'setupMinutes', 'stations', 'steps'])
  })

  it('refuses each cell in words', () => {
    expect(problemsOf(rows, STATIONS).size).toBe(0)
    expect(wrong('op', '')).toBe('Give it a number, such as 10.')
    for (const text of ['0', '1.5', '-10', 'ten', '100001']) expect(wrong('op', text)).toContain('no whole number')
    expect(wrong('op', '20')).toBe('There are two with the number 20.')
    expect(wrong('op', '100000')).toBeUndefined()
    expect(wrong('name', '  ')).toBe('Say what is done.')
    expect(wrong('name', 'n'.repeat(201))).toBe('At most 200 letters and signs.')
    expect(wrong('stations', '')).toBe('Choose where it may be done.')
    expect(wrong('stations', 'ST-01 ST-77')).toBe('There is no station ST-77.')
    expect(wrong('stations', 'ST-01, ST-01')).toBe('ST-01 is named twice.')
    expect(wrong('tools', 'T-1 T-1')).toBe('T-1 is named twice.')
    expect(wrong('family', 'f'.repeat(81))).toContain('At most 80')
    for (const cell of ['setupMinutes', 'runMinutes'] as const) {
      expect(wrong(cell, '')).toBe('Give the minutes; 0 is a number.')
      expect(wrong(cell, '-1')).toBe('“-1” is less than nothing.')
      expect(wrong(cell, '1,000')).toContain('two ways')
      expect(wrong(cell, '1e3')).toContain('is no number of minutes')
      expect(wrong(cell, '100000.5')).toBe('“100000.5” is more than 100,000 minutes.')
      for (const text of ['0', '0,5', '100000']) expect(wrong(cell, text)).toBeUndefined()
    }
  })

  it('adds between two with a number that is free, and after the last ten further', () => {
    const added = addBelow(rows, 1)
    expect(numbers(added).slice(0, 3)).toEqual(['10', '15', '20'])
    expect(added[1]).toMatchObject({ name: '', stations: rows[0]?.stations, steps: [] })
    expect(numbers(addBelow(rows, undefined)).at(-1)).toBe(String((sampleOperations.at(-1)?.op ?? 0) + 10))
    expect(numbers(addBelow([], undefined))).toEqual(['10'])
    const tight = put(rows, 2, 'op', '11')
    expect(numbers(addBelow(tight, 1))[1]).toBe('')
    expect(new Set(addBelow(added, 1).map(row => row.key)).size).toBe(added.length + 1)
  })

  it('moves an operation with its steps while the numbers stay in their places', () => {
    const moved = moveRow(rows, 2, -1)
    expect(numbers(moved)).toEqual(numbers(rows))
    expect(names(moved).slice(0, 2)).toEqual([rows[1]?.name, rows[0]?.name])
    expect(operationsOf(moved)[0]).toMatchObject({ op: 10, name: rows[1]?.name, steps: sampleOperations[1]?.steps })
    expect(moveRow(rows, 1, -1)).toBe(rows)
    expect(moveRow(moved, 2, 1)).toEqual(rows)
  })

  it('is numbered anew, ordered by its numbers, and taken out of', () => {
    const shorter = removeRow(rows, 1)
    expect(names(shorter)).toEqual(names(rows).slice(1))
    expect(numbers(renumber(shorter))).toEqual(shorter.map((_, at) => String((at + 1) * 10)))
    const last = put(rows, 1, 'op', '99')
    expect(names(inOrder(last)).at(-1)).toBe(rows[0]?.name)
    expect(names(inOrder(put(last, 2, 'op', 'x')))).toEqual(names(rows))
  })

  it('knows whether anything is typed', () => {
    expect(changed(rows, rows)).toBe(false)
    const typed = put(rows, 1, 'runMinutes', '5')
    expect(changed(typed, rows)).toBe(true)
    expect(changed(put(typed, 1, 'runMinutes', rows[0]?.runMinutes ?? ''), rows)).toBe(false)
    expect(changed(removeRow(rows, 1), rows)).toBe(true)
    expect(changed(moveRow(rows, 1, 1), rows)).toBe(true)
  })
})
