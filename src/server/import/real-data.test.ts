/** Real files of real products, where the machine has them; the repository holds none of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mappingNamed, mappingNames } from './mapping.ts'
import { planImport, type ImportPlan } from './plan-import.ts'
import { emptyPlant } from './plant-tables.ts'
import { mappingFor } from './source.ts'
import { fileURLToPath } from 'node:url'

const root = process.env['FACTORIES'] ?? fileURLToPath(new URL('../../../../shared/data/factories', import.meta.url))
const there = existsSync(join(root, 'kicad'))
if (!there) console.warn(`Skipped: no trial factories at ${root} (FACTORIES names another place)`)

const load = (folder: string, only = /\.(csv|tsv)$/) =>
  readdirSync(join(root, folder))
    .filter(name => only.test(name))
    .map(name => ({ name, bytes: new Uint8Array(readFileSync(join(root, folder, name))) }))
const plan = (files: { name: string; bytes: Uint8Array }[], mapping: string): ImportPlan =>
  planImport(files, emptyPlant(), { today: '2026-11-22', mapping: mappingNamed(mapping) })
const told = ({ report }: ImportPlan): string =>
  report.problems.map(one => `${one.file}:${one.row} ${one.message}`).join('\n')

type Bom = { item: string; lines: { component: string; quantity: number; uom: string; places?: string[] }[] }
const boms = ({ drafts }: ImportPlan): Map<string, Bom> =>
  new Map(
    drafts
      .filter(one => one.kind.type === 'materials/bom-set.v1')
      .map(one => [(one.payload as Bom).item, one.payload as Bom])
  )

describe.skipIf(!there)('the mapping that files were made for', () => {
  const all = mappingNames().flatMap(name => mappingNamed(name) ?? [])
  it('is found by their names and columns', () => {
    expect(mappingFor(load('kicad'), all)?.name).toBe('kicad-bom')
    expect(mappingFor(load('inventree_demo'), all)?.name).toBe('inventree')
    expect(mappingFor([...load('opulo-feeder'), ...load('kicad')], all)?.name).toBe('opulo-feeder')
  })
})

describe.skipIf(!there)('the pick-and-place feeder', () => {
  const made = there ? plan([...load('opulo-feeder'), ...load('kicad')], 'opulo-feeder') : undefined

  it('becomes a product of three levels', () => {
    const found = boms(made as ImportPlan)
    expect(made?.report.stops).toBe(0)
    expect(found.get('feeder')?.lines.map(line => line.component)).toContain('mobo')
    expect(found.get('mobo')?.lines.length).toBeGreaterThan(30)
    expect(found.get('feeder')?.lines.find(line => line.component === 'PLA-filament')).toMatchObject({
      quantity: 1.2,
      uom: 'kg'
    })
    expect(found.get('feeder-floor-harness-tail')?.lines.find(line => line.component.includes('GY'))).toMatchObject({
      quantity: 0.3,
      uom: 'm'
    })
  })

  it('has its known faults named', () => {
    const words = told(made as ImportPlan)
    expect(words).toContain('C476766 stands for 4 different parts')
    for (const value of ['15pF', '100nF', '4.7uF', '470pF'])
      expect(words).toMatch(new RegExp(`C476766 stands for .*${value}`))
    expect(words).toMatch(/Value 15p and 15pF/)
    expect(words).toMatch(/at U2 is not placed \(DNP\)/)
    expect(words).toMatch(/:15 A mark on the board/)
  })

  it('has one part for 15p and 15pF, at all three places, and no shared supplier number', () => {
    const line = boms(made as ImportPlan)
      .get('mobo')
      ?.lines.find(one => one.component.startsWith('15pF'))
    expect(line).toMatchObject({ quantity: 3, places: ['C1', 'C2', 'C6'] })
    const items = (made as ImportPlan).drafts
      .filter(one => one.kind.type === 'materials/item-set.v1')
      .map(one => one.payload as { item: string; supplierPart?: string })
    expect(items.filter(one => one.supplierPart === 'C476766')).toEqual([])
    expect(items.find(one => one.item.startsWith('15pF'))?.supplierPart).toBe('C376865')
  })
})

describe.skipIf(!there)('a KiCad BOM by itself', () => {
  it('becomes the board that the file is named after', () => {
    const made = plan(load('kicad'), 'kicad-bom')
    expect(made.report.stops).toBe(0)
    expect(
      boms(made)
        .get('opulo_feeder_mobo_bom')
        ?.lines.flatMap(line => line.places ?? [])
    ).toHaveLength(54)
  })

  it('stops where a quantity is words', () => {
    const [file] = load('kicad')
    const text = new TextDecoder().decode(file?.bytes).replace('\n2,8,', '\n2,as needed,')
    const made = plan([{ name: 'opulo_feeder_mobo_bom.csv', bytes: new TextEncoder().encode(text) }], 'kicad-bom')
    expect(made.drafts).toEqual([])
    expect(told(made)).toContain('opulo_feeder_mobo_bom.csv:3 "as needed" is no number')
  })
})

describe.skipIf(!there)('an InvenTree plant', () => {
  it('brings its parts, lists and stock, and says what stays out', () => {
    const made = plan(load('inventree_demo', /^(parts|bom_items|stock_items)\.csv$/), 'inventree')
    expect(made.report.stops).toBe(0)
    expect(made.drafts.filter(one => one.kind.type === 'materials/item-set.v1')).toHaveLength(414)
    expect(boms(made).size).toBe(20)
    expect([...boms(made).values()].reduce((sum, bom) => sum + bom.lines.length, 0)).toBeGreaterThan(200)
    expect(told(made)).toContain('Not in good order (status): left out')
  })

  it('leaves files out that the mapping has no use for', () => {
    const made = plan(load('inventree_demo', /^(parts|locations)\.csv$/), 'inventree')
    expect(told(made)).toContain('locations.csv:0 The mapping inventree has no use for this file')
  })
})
