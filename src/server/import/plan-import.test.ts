import { describe, expect, it } from 'vitest'
import type { Draft } from '#kernel/event.ts'
import { planImport, type ImportPlan } from './plan-import.ts'
import { emptyPlant, plantFrom, type Plant } from './plant-tables.ts'

const today = '2026-11-22'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const file = (name: string, text: string) => ({ name, bytes: bytes(text) })
const plan = (files: { name: string; bytes: Uint8Array }[], plant: Plant = emptyPlant()): ImportPlan =>
  planImport(files, plant, { today })
const messages = ({ report }: ImportPlan): string[] =>
  report.problems.map(one => `${one.level} ${one.row} ${one.message}`)
const plantAfter = (drafts: readonly Draft[]): Promise<Plant> =>
  plantFrom(
    (async function* () {
      for (const { kind, payload } of drafts)
        yield { type: kind.type, payload, stamp: { id: '', person: '', device: '', at: '' } }
    })()
  )

const ITEMS = 'item_no,name,uom\nFL-1,Sensor,pcs\nPCA-1,Board,pcs\nR-1,Resistor,pcs\n'
const payloads = (made: ImportPlan, type: string): unknown[] =>
  made.drafts.filter(one => one.kind.type === type).map(one => one.payload)

describe('what a file may look like', () => {
  it('reads semicolons, decimal commas and Windows-1252', () => {
    const text = 'Artikelnummer;Bezeichnung;Einheit;Mindestbestand\r\nK-1;Kühlkörper 14 µm;Stk;1,5\r\n'
    const made = plan([{ name: 'items.csv', bytes: Uint8Array.from(text, char => char.charCodeAt(0)) }])
    expect(made.report.files[0]).toMatchObject({ encoding: 'Windows-1252', delimiter: 'semicolon', new: 1 })
    expect(payloads(made, 'materials/item-set.v1')).toEqual([
      {
        item: 'K-1',
        name: 'Kühlkörper 14 µm',
        revision: 'A',
        uom: 'Stk',
        source: 'buy',
        tracking: 'none',
        safetyStock: 1.5
      }
    ])
  })

  it('reads UTF-16 with tabs, as a spreadsheet saves Unicode text', () => {
    const text = '\ufeffitem_no\tname\nÄ-1\tBoîtier\n'
    const buffer = new Uint8Array(text.length * 2)
    for (let at = 0; at < text.length; at += 1) new DataView(buffer.buffer).setUint16(at * 2, text.charCodeAt(at), true)
    const made = plan([{ name: 'items.csv', bytes: buffer }])
    expect(made.report.files[0]).toMatchObject({ encoding: 'UTF-16', delimiter: 'tab', new: 1 })
    expect(payloads(made, 'materials/item-set.v1')).toMatchObject([{ item: 'Ä-1', name: 'Boîtier' }])
  })

  it('finds the header below a title, and leaves out empty rows and totals', () => {
    const made = plan([
      file('items.csv', ITEMS),
      file('bom.csv', 'Feeder list,,\n,,\nparent,component,qty\nFL-1,R-1,2\n,,\nFL-1,PCA-1,\n,,46\n')
    ])
    expect(messages(made)).toEqual([
      'look 6 PCA-1 has no quantity: the row is left out',
      'look 7 Nothing that the template needs is in this row: left out'
    ])
    expect(payloads(made, 'materials/bom-set.v1')).toMatchObject([{ lines: [{ component: 'R-1', quantity: 2 }] }])
  })

  it('tells a spreadsheet, a picture and an empty file from a CSV', () => {
    expect(messages(plan([{ name: 'items.csv', bytes: bytes('PK\u0003\u0004') }]))[0]).toContain('save it as CSV')
    expect(messages(plan([{ name: 'items.csv', bytes: Uint8Array.of(137, 80, 78, 71, 0, 1, 0, 0, 2) }]))[0]).toContain(
      'not a text file'
    )
    expect(messages(plan([file('items.csv', ' \n')]))[0]).toContain('empty')
  })

  it('says which columns are missing when no separator makes sense of the file', () => {
    expect(messages(plan([file('bom.csv', 'parent^component^qty\nA^B^1\n')]))[0]).toContain('parent, component, qty')
  })

  it('says that a row has more cells than the header', () => {
    expect(messages(plan([file('items.csv', 'item_no,name\nR-1,Resistor, 10k\n')]))[0]).toContain(
      '3 cells and the header 2'
    )
  })

  it('says that a file is too large before reading it', () => {
    expect(messages(plan([{ name: 'items.csv', bytes: new Uint8Array(51 * 1024 * 1024) }]))[0]).toContain(
      '50 MB is the most'
    )
  })
})

describe('what a row may say', () => {
  it('stops free text in a quantity and writes nothing at all', () => {
    const made = plan([
      file('items.csv', ITEMS),
      file('bom.csv', 'parent,component,qty\nFL-1,R-1,about 3\nFL-1,PCA-1,1\n')
    ])
    expect(messages(made)).toEqual(['stop 2 "about 3" is no number'])
    expect(made.drafts).toEqual([])
  })

  it('stops one number with two meanings, and lets a plain repetition pass', () => {
    expect(messages(plan([file('items.csv', 'item_no,name\nR-1,Resistor\nR-1,Capacitor\n')]))).toEqual([
      'stop 3 R-1 is on row 2 as well, and the two differ'
    ])
    expect(messages(plan([file('items.csv', 'item_no,name\nR-1,Resistor\nR-1,Resistor\n')]))).toEqual([
      'look 3 The same as row 2'
    ])
  })

  it('names the way round a loop', () => {
    const made = plan([
      file('items.csv', ITEMS),
      file('bom.csv', 'parent,component,qty\nFL-1,PCA-1,1\nPCA-1,R-1,2\nR-1,FL-1,1\n')
    ])
    expect(messages(made)).toEqual(['stop 4 Is built from itself: FL-1 → PCA-1 → R-1 → FL-1'])
  })

  it('finds a loop that a new row closes through what is there already', async () => {
    const before = plan([file('items.csv', ITEMS), file('bom.csv', 'parent,component,qty\nFL-1,PCA-1,1\n')])
    const made = plan([file('bom.csv', 'parent,component,qty\nPCA-1,FL-1,1\n')], await plantAfter(before.drafts))
    expect(messages(made)[0]).toContain('FL-1 → PCA-1 → FL-1')
  })

  it('stops a reference to what is not known', () => {
    expect(messages(plan([file('items.csv', ITEMS), file('bom.csv', 'parent,component,qty\nFL-1,R-9,1\n')]))).toEqual([
      'stop 2 Item R-9 is not known: import it first, or with this file'
    ])
    expect(
      messages(
        plan([file('items.csv', ITEMS), file('routing.csv', 'item_no,op_seq,name,stations\nFL-1,10,Build,ST-99\n')])
      )[0]
    ).toContain('Station ST-99 is not known')
  })

  it('stops limits that are crossed and a place that two parts claim', () => {
    expect(
      messages(
        plan([file('control_plans.csv', 'plan,number,name,kind,low,high\nQC-1,1,Height,measure,12.2,11.8\n')])
      )[0]
    ).toContain('above the upper limit')
    expect(
      messages(
        plan([
          file('items.csv', ITEMS),
          file('bom.csv', 'parent,component,qty,refdes\nFL-1,R-1,1,R7\nFL-1,PCA-1,1,R7\n')
        ])
      )[0]
    ).toContain('R7 is given to R-1 and to PCA-1')
  })

  it('takes a sample by the tables of ISO 2859-1, and no quality limit that they do not have', () => {
    const planned = (sample: string) =>
      plan([file('control_plans.csv', `plan,number,name,kind,sample\nQC-1,1,Seal,attribute,${sample}\n`)])
    expect(payloads(planned('AQL 1.0 S-2 tightened'), 'quality/control-plan-set.v1')).toMatchObject([
      { sample: { aql: '1.0', level: 'S-2', severity: 'tightened' } }
    ])
    expect(payloads(planned('aql 0.65'), 'quality/control-plan-set.v1')).toMatchObject([
      { sample: { aql: '0.65', level: 'II' } }
    ])
    expect(planned('AQL 3.0').drafts).toEqual([])
  })

  it('leaves out a part that is not placed, and tells it', () => {
    const made = plan([
      file('items.csv', ITEMS),
      file('bom.csv', 'parent,component,qty,refdes,dnp\nFL-1,R-1,1,R7,\nFL-1,PCA-1,1,J6,DNP\n')
    ])
    expect(messages(made)).toEqual(['look 3 PCA-1 at J6 is not placed (DNP): left out of the list'])
    expect(payloads(made, 'materials/bom-set.v1')).toMatchObject([{ lines: [{ component: 'R-1' }] }])
  })

  it('takes a GTIN of any length as one of fourteen digits, and stops at a wrong check digit', () => {
    const made = plan([
      file('items.csv', 'item_no,name,gtin\nC-1,A,4006381333931\nC-2,B,9638 5074\nC-3,C,036000291452\n')
    ])
    expect(messages(made)).toEqual([])
    expect(payloads(made, 'materials/item-set.v1').map(one => (one as { gtin?: string }).gtin)).toEqual([
      '04006381333931',
      '00000096385074',
      '00036000291452'
    ])
    expect(messages(plan([file('items.csv', 'item_no,name,gtin\nC-1,A,4006381333932\n')]))[0]).toContain('is no GTIN')
  })

  it('gives none of several parts the supplier number that they share', () => {
    const made = plan([
      file('items.csv', 'item_no,name,supplier_part\nC-1,100nF,C476766\nC-2,15pF,C476766\nC-3,1uF,C1\n')
    ])
    expect(messages(made)).toHaveLength(2)
    expect(messages(made)[0]).toContain('C476766 stands for 2 different parts: C-1, C-2')
    expect(payloads(made, 'materials/item-set.v1').map(one => (one as { supplierPart?: string }).supplierPart)).toEqual(
      [undefined, undefined, 'C1']
    )
  })

  it('takes a PIN of six digits and keeps it out of the events', () => {
    const made = plan([file('people.csv', 'person,name,badge,pin,roles\nP-1,Ana,B-1,123456,operator\n')])
    expect([...made.pins]).toEqual([['P-1', '123456']])
    expect(JSON.stringify(made.drafts)).not.toContain('123456')
    expect(messages(plan([file('people.csv', 'person,name,badge,pin,roles\nP-1,Ana,B-1,12,boss\n')]))).toHaveLength(2)
  })
})

describe('what is there already', () => {
  it('is changed by key, kept where a row or a column is missing, and taken away by an empty cell', async () => {
    const first = plan([file('items.csv', 'item_no,name,mpn,safety_stock\nR-1,Resistor,M1,5\nR-2,Other,M2,7\n')])
    const plant = await plantAfter(first.drafts)
    const made = plan([file('items.csv', 'item_no,name,safety_stock\nR-1,Resistor,\n')], plant)
    expect(made.report).toMatchObject({ rows: 1, changed: 1, new: 0, unchanged: 0 })
    expect(payloads(made, 'materials/item-set.v1')).toEqual([
      { item: 'R-1', name: 'Resistor', revision: 'A', uom: 'pcs', source: 'buy', tracking: 'none', mpn: 'M1' }
    ])
  })

  it('keeps a line of a list that the file does not name, and takes out one with quantity 0', async () => {
    const plant = await plantAfter(
      plan([file('items.csv', ITEMS), file('bom.csv', 'parent,component,qty\nFL-1,PCA-1,1\nFL-1,R-1,4\n')]).drafts
    )
    expect(
      payloads(plan([file('bom.csv', 'parent,component,qty\nFL-1,R-1,5\n')], plant), 'materials/bom-set.v1')
    ).toMatchObject([
      {
        lines: [
          { component: 'PCA-1', quantity: 1 },
          { component: 'R-1', quantity: 5 }
        ]
      }
    ])
    expect(
      payloads(plan([file('bom.csv', 'parent,component,qty\nFL-1,R-1,0\n')], plant), 'materials/bom-set.v1')
    ).toMatchObject([{ lines: [{ component: 'PCA-1' }] }])
  })
})

describe('a large file', () => {
  it('of 200,000 rows is read within seconds of work', () => {
    const rows = Array.from({ length: 200_000 }, (_, at) => `R-${at},Resistor ${at},${at % 97}`)
    const started = process.cpuUsage()
    const made = plan([file('items.csv', `item_no,name,safety_stock\n${rows.join('\n')}\n`)])
    expect(made.report).toMatchObject({ rows: 200_000, new: 200_000, stops: 0 })
    expect(made.drafts).toHaveLength(200_000)
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(20)
  }, 60_000)

  it('with a wrong column does not answer with a problem a row', () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `R-${at},x,text`)
    const { report } = plan([file('items.csv', `item_no,name,moq\n${rows.join('\n')}\n`)])
    expect(report.stops).toBe(50_000)
    expect(report.problems.length).toBeLessThanOrEqual(2000)
  }, 60_000)
})
