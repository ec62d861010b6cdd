/** BD-0300: how a Scout is packed. */
import { arrow, balloon, BLUE, box, INK, isometric, line, parts, solid, steps, THIN, words } from './sheet.mjs'
import { scout } from './scout.mjs'

const label = ctx => {
  const view = isometric(110, 560, 4.6)
  scout(ctx, view)
  box(ctx, 470, 430, 260, 150, { fill: '#ffffff', stroke: BLUE, width: 3, radius: 8 })
  words(ctx, 'Scout Air', 488, 468, { size: 26, bold: true })
  words(ctx, 'SN 100-00067', 488, 502, { size: 22, bold: true })
  words(ctx, '868 MHz   IP67', 488, 532, { size: 20, colour: THIN })
  let seed = 3
  for (let row = 0; row < 12; row += 1)
    for (let column = 0; column < 12; column += 1) {
      seed = (seed * 16807) % 2147483647
      if (row === 11 || column === 0 || seed % 2 === 0)
        box(ctx, 648 + column * 6, 446 + row * 6, 6, 6, { fill: INK, stroke: null })
    }
  arrow(ctx, 470, 470, ...view(50, 0, 14))
  const end = parts(ctx, [
    [1, 'Type label', 'LBL-TYPE', 1],
    [2, 'Mounting kit', 'KIT-300', 1],
    [3, 'Pulp tray', 'TRAY-P', 1]
  ])
  steps(
    ctx,
    [
      'Scan the label: it must be the unit in your hand.',
      'Label on the flat side, 3 mm from the edge.',
      'Unit and kit in the tray.'
    ],
    800,
    end + 52
  )
}

const carton = ctx => {
  const view = isometric(70, 630, 3.05)
  for (let row = 0; row < 3; row += 1)
    for (let column = 0; column < 4; column += 1)
      solid(ctx, view, [8 + column * 36, (2 - row) * 34, 0], [33, 31, 34], {
        top: '#e6d3b5',
        front: '#d3bb94',
        side: '#c0a67c'
      })
  line(ctx, [view(4, 0, 0), view(156, 0, 0), view(156, 0, 40), view(4, 0, 40)], { close: true, width: 3 })
  line(ctx, [view(156, 0, 0), view(156, 106, 0), view(156, 106, 40), view(156, 0, 40)], { close: true, width: 3 })
  balloon(ctx, 1, 130, 320, ...view(20, 80, 34))
  balloon(ctx, 2, 640, 690, ...view(150, 0, 12))
  box(ctx, 470, 140, 260, 120, { fill: '#ffffff', width: 2.4, radius: 6 })
  words(ctx, '12 pcs   FL-100', 486, 178, { size: 26, bold: true })
  for (let bar = 0; bar < 44; bar += 1)
    if ((bar * 5) % 7 !== 0)
      box(ctx, 486 + bar * 5.2, 194, (bar * 11) % 3 === 0 ? 3.4 : 1.7, 46, { fill: INK, stroke: null })
  balloon(ctx, 3, 420, 200, 470, 200)
  const end = parts(ctx, [
    [1, 'Carton', 'BOX-S', 1],
    [2, 'Shipping carton', 'BOX-M', '1/12'],
    [3, 'Carton label', 'LBL-CTN', '1/12'],
    [4, 'Quick start card', 'DOC-QS', 1]
  ])
  steps(
    ctx,
    [
      'Card on top, lid closed, no tape on the flap.',
      '12 units to a shipping carton, labels to one side.',
      'A short carton is marked with its count.'
    ],
    800,
    end + 52
  )
}

export const packing = {
  number: 'BD-0300',
  revision: 'A',
  title: 'Scout, packing',
  pages: [
    { title: '1 Label and tray', draw: label },
    { title: '2 Carton', draw: carton }
  ]
}
