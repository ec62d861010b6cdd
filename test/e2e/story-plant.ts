/** What the story brings into the sample plant: an item with its bill, routing, steps, checks and stock, and its build document. */
import { PDFDocument } from '@napi-rs/canvas'

export const WO = 'WO-0500'
export const ITEM = {
  item: 'GW-500',
  name: 'Mast clamp',
  document: 'BD-0500',
  lot: 'PL-0001',
  gauge: 'T-DC-07'
} as const
export const PAGES = 3

const tables = {
  items: ['item_no,name,rev,uom,type,trace', 'GW-500,Mast clamp,A,pcs,make,', 'PL-22,Clamp plate,A,pcs,buy,lot'],
  bom: ['parent,parent_rev,component,qty,uom,op_seq', 'GW-500,A,PL-22,1,pcs,10'],
  routing: [
    'item_no,rev,op_seq,name,stations,setup_min,run_min_per_unit,doc,qc_plan',
    'GW-500,A,10,Build mast clamp,ST-02,1,0.5,BD-0500,',
    'GW-500,A,20,Inspect mast clamp,ST-04,1,0.5,BD-0500,QC-500'
  ],
  steps: [
    'item_no,rev,op_seq,step,title,text,kind,doc,page,unit,nominal,low,high,part,qty',
    'GW-500,A,10,1,Scan the clamp plate,One plate from the tray.,part,BD-0500,1,,,,,PL-22,1',
    'GW-500,A,10,2,Fit the plate,Slot to the left.,task,BD-0500,2,,,,,,',
    'GW-500,A,10,3,Torque the bolt,Read the driver.,measure,BD-0500,3,N·m,8,7.5,8.5,,',
    'GW-500,A,10,4,Photograph the clamp,From above.,photo,BD-0500,3,,,,,,'
  ],
  control_plans: [
    'plan,revision,title,sample,stop_critical,stop_major,stop_minor,number,name,kind,severity,unit,nominal,low,high,gauge,doc,page',
    'QC-500,A,Clamp check,2,1,3,5,1,Plate sits flat,attribute,major,,,,,,BD-0500,2',
    'QC-500,A,Clamp check,2,1,3,5,2,Length of the bolt,measure,major,mm,40,39.5,40.5,T-DC-07,BD-0500,3',
    'QC-500,A,Clamp check,2,1,3,5,3,Picture of the clamp,photo,minor,,,,,,BD-0500,3'
  ],
  stock: ['item_no,location,qty,lot', 'PL-22,LOC-B1,20,PL-0001']
} as const

export const csvFiles = (): { name: string; mimeType: string; buffer: Buffer }[] =>
  Object.entries(tables).map(([name, lines]) => ({
    name: `${name}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(`${lines.join('\n')}\n`)
  }))

/** One sheet a step, each with its own drawing, so that no page can be taken for another. */
export const buildDocument = (): Buffer => {
  const pdf = new PDFDocument({ title: 'BD-0500 A Mast clamp' })
  for (let page = 1; page <= PAGES; page += 1) {
    const sheet = pdf.beginPage(1120, 792)
    sheet.fillStyle = '#ffffff'
    sheet.fillRect(0, 0, 1120, 792)
    sheet.strokeStyle = '#17202a'
    sheet.lineWidth = 6
    sheet.strokeRect(30, 30, 1060, 732)
    for (let hole = 0; hole < page; hole += 1) {
      sheet.beginPath()
      sheet.arc(300 + hole * 260, 400, 90, 0, 2 * Math.PI)
      sheet.stroke()
    }
    sheet.fillStyle = '#17202a'
    sheet.font = 'bold 44px "Liberation Sans"'
    sheet.fillText(`BD-0500 rev A · sheet ${page}`, 70, 110)
    pdf.endPage()
  }
  return pdf.close()
}
