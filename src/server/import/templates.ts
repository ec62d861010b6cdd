/** The CSV templates: each column with the names other systems give it, and how a row becomes a row of the plant. */
import { takeBom, takeItem, takeRouting, takeStep } from './take-product.ts'
import { planningTemplates } from './planning-templates.ts'
import {
  column,
  documentWords,
  due,
  itemNo,
  limits,
  nameWords,
  needed,
  op,
  quantity,
  revision,
  type Template,
  unit
} from './template.ts'
import {
  takeCharacteristic,
  takeDemand,
  takeReason,
  takePerson,
  takeStation,
  takeStock,
  takeTool,
  takeWorkOrder
} from './take-plant.ts'

/** In the order in which they are read: what is referred to comes before what refers to it. */
export const templates: readonly Template[] = [
  planningTemplates.calendars,
  {
    name: 'stations',
    table: 'stations',
    title: 'Stations and lines',
    twice: 'stop',
    take: takeStation,
    columns: [
      needed('station', 'work centre', 'work center', 'workstation', 'arbeitsplatz'),
      column('name', ...nameWords),
      needed('line', 'production line', 'linie'),
      column('line_name', 'line title'),
      column('area', 'bereich'),
      column('kind', 'type', 'art'),
      column('order', 'sort', 'position'),
      column('calendar', 'shifts', 'kalender', 'schichtplan'),
      column('capacity', 'parallel', 'places', 'kapazität'),
      column('batch_capacity', 'furnace', 'furnace capacity', 'ofenkapazität')
    ]
  },
  {
    name: 'people',
    table: 'people',
    title: 'People',
    twice: 'stop',
    take: takePerson,
    columns: [
      needed('person', 'person no', 'employee', 'employee no', 'personalnummer'),
      column('name', 'full name', 'bezeichnung'),
      needed('badge', 'badge no', 'ausweis'),
      column('pin'),
      column('roles', 'role', 'rolle', 'rollen'),
      column('active', 'enabled', 'aktiv')
    ]
  },
  {
    name: 'reasons',
    table: 'reasons',
    title: 'Reasons',
    twice: 'stop',
    take: takeReason,
    columns: [
      needed('list', 'liste'),
      needed('code', 'reason', 'grund'),
      column('name', ...nameWords),
      column('order', 'sort', 'position'),
      column('active', 'enabled', 'aktiv')
    ]
  },
  {
    name: 'tools',
    table: 'tools',
    title: 'Tools and gauges',
    twice: 'stop',
    take: takeTool,
    columns: [
      needed('tool', 'tool no', 'gauge', 'jig', 'werkzeug', 'messmittel'),
      column('name', ...nameWords),
      column('kind', 'type', 'art'),
      column('location', 'place', 'lagerort'),
      column('calibrated_to', 'calibration due', 'calibrated until', 'kalibriert bis'),
      column('life_limit', 'life', 'standmenge')
    ]
  },
  {
    name: 'items',
    table: 'items',
    title: 'Items',
    twice: 'stop',
    take: takeItem,
    columns: [
      needed('item_no', ...itemNo),
      needed('name', ...nameWords),
      column('rev', ...revision),
      column('uom', ...unit),
      column('type', 'make buy', 'source', 'procurement', 'beschaffung'),
      column('trace', 'tracking', 'traceability', 'rückverfolgung'),
      column('manufacturer', 'mfr', 'mfg', 'maker', 'hersteller', 'fabricant', 'fabricante'),
      column('mpn', 'manufacturer part number', 'mfr part', 'mfg part number', 'herstellernummer'),
      column('supplier', 'vendor', 'distributor', 'lieferant', 'fournisseur', 'proveedor'),
      column('supplier_part', 'supplier part number', 'vendor part', 'sku', 'lieferantennummer', 'order code'),
      column('gtin', 'ean', 'upc', 'gtin 13', 'gtin 14', 'barcode'),
      column('lead_time_days', 'lead time', 'lieferzeit', 'wiederbeschaffungszeit'),
      column('moq', 'minimum', 'minimum order quantity', 'mindestmenge'),
      column('multiple', 'order multiple', 'pack quantity', 'verpackungseinheit'),
      column('safety_stock', 'minimum stock', 'min stock', 'mindestbestand'),
      column('lead_days_per_unit', 'lead time per unit'),
      column('max_stock', 'maximum stock', 'order up to', 'höchstbestand'),
      ...planningTemplates.policy
    ]
  },
  {
    name: 'bom',
    table: 'bom',
    title: 'Bills of material',
    twice: 'add',
    take: takeBom,
    columns: [
      needed('parent', 'assembly', 'parent item', 'product', 'baugruppe', 'ensemble', 'conjunto'),
      column('parent_rev', 'assembly rev', 'revision', 'rev'),
      needed('component', 'part', 'child', 'komponente', 'composant', 'componente', ...itemNo),
      needed('qty', ...quantity),
      column('uom', ...unit),
      column(
        'refdes',
        'reference',
        'references',
        'reference s',
        'designator',
        'designators',
        'reference designator',
        'position'
      ),
      column('dnp', 'dnf', 'do not place', 'do not populate', 'do not fit', 'nicht bestücken'),
      column('op_seq', ...op),
      column('scrap_pct', 'scrap', 'attrition', 'ausschuss'),
      column('note', 'notes', 'comment', 'remark', 'bemerkung'),
      ...planningTemplates.bomPolicy
    ]
  },
  {
    name: 'control_plans',
    table: 'control_plans',
    title: 'Control plans',
    twice: 'stop',
    take: takeCharacteristic,
    columns: [
      needed('plan', 'control plan', 'qc plan', 'prüfplan'),
      column('revision', 'rev'),
      column('title', 'plan title'),
      column('sample', 'sample size', 'stichprobe'),
      column('stop_critical'),
      column('stop_major'),
      column('stop_minor'),
      needed('number', 'no', 'characteristic', 'balloon', 'check', 'merkmal'),
      needed('name', ...nameWords),
      column('kind', 'type', 'art'),
      column('severity', 'class', 'classification', 'fehlerklasse'),
      ...limits,
      column('method', 'how', 'prüfmethode'),
      column('gauge', 'instrument', 'messmittel'),
      column('doc', ...documentWords),
      column('page', 'seite')
    ]
  },
  {
    name: 'routing',
    table: 'routing',
    title: 'Routings',
    twice: 'stop',
    take: takeRouting,
    columns: [
      needed('item_no', ...itemNo),
      column('rev', ...revision),
      needed('op_seq', ...op),
      needed('name', ...nameWords),
      needed('stations', 'station', 'work centre', 'work center', 'arbeitsplatz'),
      column('setup_min', 'setup', 'setup minutes', 'rüstzeit'),
      column('run_min_per_unit', 'run', 'run minutes', 'cycle time', 'stückzeit'),
      column('doc', ...documentWords),
      column('qc_plan', 'control plan', 'prüfplan'),
      column('tools', 'tool', 'werkzeuge'),
      column('family', 'setup family', 'rüstfamilie'),
      column('batch', 'furnace batch', 'charge')
    ]
  },
  {
    name: 'steps',
    table: 'steps',
    title: 'Steps',
    twice: 'stop',
    take: takeStep,
    columns: [
      needed('item_no', ...itemNo),
      column('rev', ...revision),
      needed('op_seq', ...op),
      needed('step', 'step no', 'schritt'),
      needed('title', 'name', 'titel'),
      column('text', 'instruction', 'anweisung'),
      column('kind', 'type', 'art'),
      column('doc', ...documentWords),
      column('page', 'seite'),
      ...limits,
      column('part', 'component', 'teil'),
      column('qty', ...quantity),
      column('news', 'what changed', 'neu')
    ]
  },
  {
    name: 'stock',
    table: 'stock',
    title: 'Stock',
    twice: 'add',
    take: takeStock,
    columns: [
      needed('item_no', ...itemNo, 'part'),
      column('location', 'place', 'bin', 'lagerort', 'emplacement', 'ubicación'),
      needed('qty', ...quantity, 'on hand', 'stock', 'bestand'),
      column('lot', 'batch', 'lot no', 'charge', 'serial', 'serial no', 'seriennummer'),
      column('supplier_lot', 'supplier batch'),
      column('expiry', 'expiry date', 'expires', 'use by', 'mhd')
    ]
  },
  {
    name: 'demand',
    table: 'demand',
    title: 'Demand',
    twice: 'stop',
    take: takeDemand,
    columns: [
      needed('ref', 'demand', 'reference', 'order', 'sales order', 'auftrag'),
      needed('item_no', ...itemNo),
      needed('qty', ...quantity),
      due,
      column('kind', 'type', 'art'),
      column('customer', 'kunde', 'client', 'cliente'),
      column('priority', 'prio', 'priorität'),
      column('state', 'status')
    ]
  },
  planningTemplates.forecast,
  planningTemplates.setupMatrix,
  planningTemplates.openPo,
  {
    name: 'work_orders',
    table: 'work_orders',
    title: 'Work orders',
    twice: 'stop',
    take: takeWorkOrder,
    columns: [
      needed('work_order', 'wo', 'manufacturing order', 'mo', 'build order', 'fertigungsauftrag'),
      column('label', 'batch', 'run'),
      needed('item_no', ...itemNo),
      column('rev', ...revision),
      needed('qty', ...quantity),
      due,
      column('priority', 'prio', 'priorität'),
      column('customer', 'kunde', 'client', 'cliente')
    ]
  }
]

export const templateNamed = (name: string): Template | undefined => templates.find(template => template.name === name)

/** A header as it is compared: lower case, words parted by one space. */
export const plainHeader = (header: string): string =>
  header
    .toLowerCase()
    .replace(/[\s_\-./()#*:]+/g, ' ')
    .trim()

/** Which cell holds which column of the template; the template's own names go before the synonyms. */
export const columnsOf = (template: Template, headers: readonly string[]): Map<string, number> => {
  const plain = headers.map(plainHeader)
  const found = new Map<string, number>()
  const used = new Set<number>()
  const claim = (name: string, words: readonly string[]): void => {
    if (found.has(name)) return
    for (const word of words) {
      const at = plain.findIndex((header, index) => header === word && !used.has(index))
      if (at < 0) continue
      found.set(name, at)
      used.add(at)
      return
    }
  }
  for (const { name } of template.columns) claim(name, [plainHeader(name)])
  for (const { name, also } of template.columns) claim(name, also)
  return found
}
