import { describe, expect, it } from 'vitest'
import { runPlan } from '#activities/plan-run.ts'
import { schedule } from '#activities/schedule/solver/solve.ts'
import { dayNumber, instantOf } from '#kernel/calendar.ts'
import { readFolder } from './read-folder.ts'

const today = '2026-11-23'
const FILES = {
  'items.csv': 'item_no,name,type,uom,lead_time_days\nRED,Red,make,pcs,1\nBLUE,Blue,make,pcs,1\nTRAY,Tray,make,pcs,1\n',
  'stations.csv': 'station,line,batch_capacity\nPAINT,L1,\nOVEN,L1,100\n',
  'routing.csv':
    'item_no,op_seq,name,stations,setup_min,run_min_per_unit,family,batch\n' +
    'RED,10,Paint,PAINT,0,1,red,\nRED,20,Cure,OVEN,0,90,,cure-120\n' +
    'BLUE,10,Paint,PAINT,0,1,blue,\nBLUE,20,Cure,OVEN,0,90,,cure-120\n' +
    'TRAY,10,Cure,OVEN,0,60,,cure-120\n',
  'setup_matrix.csv': 'station,from,to,minutes\n,red,blue,25\n,blue,red,45\nPAINT,red,blue,15\n',
  'demand.csv':
    'ref,item_no,qty,due\nSO-1,RED,30,2026-12-10\nSO-2,BLUE,40,2026-12-10\nSO-3,TRAY,250,2026-12-10\nSO-4,RED,20,2026-12-11\n'
}

const plannedFrom = (files: Readonly<Record<string, string>>) => {
  const given = Object.entries(files).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }))
  const read = readFolder(given, { today, zone: 'UTC' })
  const solve = (problem: Parameters<typeof schedule>[0]) => schedule(problem, { seed: 1, iterations: 2000 })
  const run = runPlan(read.known, { today, now: instantOf(dayNumber(today), 0, 'UTC'), solve })
  return { read, operations: run.schedule?.operations ?? [], faults: run.schedule?.faults ?? [] }
}

describe('set-up matrices and furnaces from files', () => {
  const { read, operations, faults } = plannedFrom(FILES)
  const at = (station: string) => operations.filter(one => one.station === station)

  it('are read without a word', () => {
    expect(read.problems.filter(({ level }) => level === 'stop')).toEqual([])
    expect(faults).toEqual([])
    expect(operations).toHaveLength(7)
  })

  it('make the painter change over by its own row, and by the row for all where it has none', () => {
    const colours = at('PAINT').map(({ workOrder, setupMinutes }) => [workOrder.split('@')[0], setupMinutes] as const)
    expect(colours).toHaveLength(3)
    for (const [k, [colour, minutes]] of colours.entries()) {
      const before = colours[k - 1]?.[0]
      expect(minutes).toBe(before === undefined || before === colour ? 0 : colour === 'BLUE' ? 15 : 45)
    }
    // One change at least lies between two colours, and no schedule needs a second.
    expect(colours.filter(([, minutes]) => minutes > 0)).toHaveLength(1)
  })

  it('put what belongs together into one load, and give a large order as many loads as it takes', () => {
    const cured = at('OVEN')
    const tray = cured.find(({ workOrder }) => workOrder.startsWith('TRAY'))
    expect(tray?.runMinutes).toBe(3 * 60)
    expect(cured.filter(one => one.batch !== undefined && one.batch === tray?.batch)).toHaveLength(1)
    for (const one of cured.filter(({ workOrder }) => !workOrder.startsWith('TRAY'))) expect(one.runMinutes).toBe(90)
    for (const [k, one] of cured.entries())
      for (const other of cured.slice(k + 1))
        expect(one.batch === other.batch || one.end <= other.start || other.end <= one.start).toBe(true)
  })

  it('say which row of the matrix cannot be meant, and plan with the others', () => {
    const bad = plannedFrom({ ...FILES, 'setup_matrix.csv': `${FILES['setup_matrix.csv']},red,green,-5\n` })
    expect(bad.read.problems.filter(({ level }) => level === 'stop').map(({ file, column }) => [file, column])).toEqual(
      [['setup_matrix.csv', 'minutes']]
    )
    expect(bad.operations).toHaveLength(7)
  })
})
