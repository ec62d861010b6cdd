import { describe, expect, it } from 'vitest'
import { copied, emptied, filled, moved, NOTHING_DONE, nextEditable, pasted, remember, stepped } from './sheet-model.ts'

const size = { rows: 4, columns: 5 }
const at = (row: number, column: number) => ({ row, column })
const area = (row: number, column: number, toRow = row, toColumn = column) => ({
  from: at(row, column),
  to: at(toRow, toColumn)
})
const textAt = ({ row, column }: { row: number; column: number }) => `${row}${column}`

describe('keys of a sheet', () => {
  it.each([
    ['ArrowDown', false, at(2, 2)],
    ['ArrowLeft', false, at(1, 1)],
    ['ArrowRight', true, at(1, 4)],
    ['PageDown', false, at(3, 2)],
    ['Home', false, at(1, 0)],
    ['End', true, at(3, 4)]
  ] as const)('%s, with Ctrl %s, leads to %j', (key, leap, to) => {
    expect(moved(at(1, 2), key, leap, size, 10)).toEqual(to)
  })

  it('stay inside, and other keys lead nowhere', () => {
    expect(moved(at(0, 0), 'ArrowUp', false, size, 10)).toEqual(at(0, 0))
    expect(moved(at(0, 0), 'x', false, size, 10)).toBeUndefined()
    expect(moved(at(0, 0), 'ArrowDown', false, { rows: 0, columns: 3 }, 10)).toBeUndefined()
  })

  it('Enter goes to the next row that may be typed into', () => {
    const editable = ({ row }: { row: number }) => row % 2 === 1
    expect(nextEditable(at(1, 2), true, size, editable)).toEqual(at(3, 2))
    expect(nextEditable(at(3, 2), true, size, editable)).toEqual(at(3, 2))
    expect(nextEditable(at(3, 2), false, size, editable)).toEqual(at(1, 2))
  })
})

describe('the clipboard of a sheet', () => {
  it('is what a spreadsheet writes and reads', () => {
    expect(copied(area(2, 3, 1, 2), textAt)).toBe('12\t13\n22\t23')
    expect(pasted('1\t2\r\n3\t4\r\n', area(1, 1), size)).toEqual([
      { at: at(1, 1), text: '1' },
      { at: at(1, 2), text: '2' },
      { at: at(2, 1), text: '3' },
      { at: at(2, 2), text: '4' }
    ])
  })

  it('fills an area with one value, and with a block that fits a whole number of times', () => {
    expect(pasted('7', area(0, 0, 1, 1), size).map(one => one.text)).toEqual(['7', '7', '7', '7'])
    expect(pasted('1\t2', area(0, 0, 0, 3), size).map(one => one.text)).toEqual(['1', '2', '1', '2'])
    expect(pasted('1\t2', area(0, 0, 0, 2), size).map(one => one.at.column)).toEqual([0, 1])
  })

  it('lays a line of another program’s table on each row that may be typed into, and leaves out what has none', () => {
    const editable = ({ row }: { row: number }) => row % 2 === 1
    const laid = (text: string, from: Parameters<typeof at>) =>
      pasted(text, area(...from), size, editable).map(one => [one.at.row, one.at.column, one.text])
    expect(laid('1\t2\n3\t4', [1, 1])).toEqual([
      [1, 1, '1'],
      [1, 2, '2'],
      [3, 1, '3'],
      [3, 2, '4']
    ])
    expect(laid('1\n2\n3', [1, 0])).toEqual([
      [1, 0, '1'],
      [3, 0, '2']
    ])
    // From a row that is not typed into it stays a block, as it was copied.
    expect(laid('1\n2', [0, 0])).toEqual([
      [0, 0, '1'],
      [1, 0, '2']
    ])
  })

  it('leaves out what falls outside', () => {
    expect(pasted('1\t2\t3', area(3, 3), size).map(one => one.at)).toEqual([at(3, 3), at(3, 4)])
  })
})

describe('filling', () => {
  it('takes the first row down, or the first column right', () => {
    expect(filled(area(0, 1, 2, 1), 'down', textAt)).toEqual([
      { at: at(1, 1), text: '01' },
      { at: at(2, 1), text: '01' }
    ])
    expect(filled(area(1, 1, 1, 2), 'right', textAt)).toEqual([{ at: at(1, 2), text: '11' }])
    expect(emptied(area(0, 0, 0, 1)).map(one => one.text)).toEqual(['', ''])
  })
})

describe('undo', () => {
  const step = [{ row: 'a', column: 1, was: '5', text: '6' }]

  it('takes the last step back, and does it again', () => {
    const done = remember(NOTHING_DONE, step)
    const back = stepped(done, 'undo')
    expect(back?.changes).toEqual([{ row: 'a', column: 1, text: '5' }])
    expect(stepped(back?.history ?? done, 'redo')?.changes).toEqual([{ row: 'a', column: 1, text: '6' }])
    expect(stepped(back?.history ?? done, 'undo')).toBeUndefined()
  })

  it('forgets what was taken back when something new is typed', () => {
    const back = stepped(remember(NOTHING_DONE, step), 'undo')
    const next = remember(back?.history ?? NOTHING_DONE, [{ row: 'b', column: 0, was: '', text: '1' }])
    expect(stepped(next, 'redo')).toBeUndefined()
  })
})
