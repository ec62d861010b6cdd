/** BD-1042: how the main board is built, one sheet per step. */
import {
  arrow,
  balloon,
  BLUE,
  box,
  callout,
  circle,
  dimension,
  INK,
  isometric,
  line,
  parts,
  RED,
  screw,
  solid,
  steps,
  THIN,
  words
} from './sheet.mjs'

const S = 10.2
/** Board millimetres to the sheet; the board is 62 x 38 mm. */
const at = (x, y) => [64 + x * S, 190 + y * S]

/** name, x, y, w, h in mm, kind */
const PLACES = [
  ['U1', 22, 13, 8, 8, 'ic'],
  ['U2', 45, 8, 5, 5, 'ic'],
  ['U3', 34, 22, 5, 4, 'ic'],
  ['U5', 55, 28, 3, 3, 'ic'],
  ['U7', 12, 24, 6, 6, 'ic'],
  ['U8', 20, 26, 3, 3, 'ic'],
  ['U9', 30, 29, 4, 4, 'ic'],
  ['U11', 40, 29, 5, 4, 'ic'],
  ['Y1', 33, 13, 3.4, 1.6, 'can'],
  ['Y2', 40, 16, 3.2, 2.5, 'can'],
  ['FL1', 52, 15, 3, 3, 'can'],
  ['L1', 21, 31, 3.4, 2.6, 'coil'],
  ['L2', 26, 24, 3.4, 2.6, 'coil'],
  ['J1', 56, 5, 2.6, 2.6, 'con'],
  ['J5', 46, 21, 8, 3, 'con'],
  ['S1', 33, 4, 4, 4, 'can'],
  ['D7', 26, 4, 1.8, 1.2, 'led'],
  ['D8', 29, 4, 1.8, 1.2, 'led'],
  ['Q1', 16, 14, 2.6, 1.6, 'ic'],
  ['Q2', 16, 17, 2.6, 1.6, 'ic'],
  ['F1', 12, 20, 3.2, 1.6, 'can']
]
const LEADED = [
  ['C12', 9, 12, 4, 4, 'round'],
  ['J2', 0, 24, 7, 9, 'con'],
  ['J3', 1, 6, 6, 13, 'term'],
  ['J4', 14, 33, 7, 4.5, 'con']
]
const FILL = {
  ic: '#3a4650',
  can: '#c7cfd7',
  coil: '#5b6671',
  con: '#eef1f4',
  led: '#cfe8d4',
  term: '#5fa777',
  round: '#2f3a44'
}

const pcb = (ctx, { leaded = false, small = true } = {}) => {
  const [x, y] = at(0, 0)
  box(ctx, x, y, 62 * S, 38 * S, { fill: '#e3efe6', width: 2.4, radius: 10 })
  for (const [hx, hy] of [
    [3, 3],
    [59, 3],
    [3, 35],
    [59, 35]
  ])
    circle(ctx, ...at(hx, hy), 13, { fill: '#ffffff', width: 2 })
  if (small) passives(ctx)
  for (const place of [...PLACES, ...(leaded ? LEADED : [])]) part(ctx, place)
}

const part = (ctx, [name, px, py, w, h, kind], { fill, ink } = {}) => {
  const [x, y] = at(px, py)
  if (kind === 'round') {
    circle(ctx, x + (w * S) / 2, y + (h * S) / 2, (w * S) / 2, { fill: fill ?? FILL.round })
    ctx.beginPath()
    ctx.arc(x + (w * S) / 2, y + (h * S) / 2, (w * S) / 2 - 2, Math.PI / 2, Math.PI * 1.5)
    ctx.fillStyle = '#e9edf0'
    ctx.fill()
  } else box(ctx, x, y, w * S, h * S, { fill: fill ?? FILL[kind], radius: kind === 'coil' ? 6 : 2, width: 1.5 })
  if (kind === 'ic') circle(ctx, x + 5, y + 5, 2, { fill: '#ffffff', stroke: null })
  if (kind === 'ic' && w >= 5)
    for (let pin = 0; pin < w; pin += 1) box(ctx, x + 3 + pin * S, y - 4, 4, 4, { fill: '#b9c2ca', stroke: null })
  if (w * S > 26)
    words(ctx, name, x + (w * S) / 2, y + (h * S) / 2 + 6, {
      size: 16,
      bold: true,
      colour: ink ?? (kind === 'ic' || kind === 'coil' || kind === 'round' ? '#ffffff' : INK),
      align: 'center'
    })
}

const passives = ctx => {
  let seed = 7
  const dice = () => {
    seed = (seed * 16807) % 2147483647
    return seed / 2147483647
  }
  for (let row = 0; row < 11; row += 1)
    for (let column = 0; column < 17; column += 1) {
      const [mx, my] = [8.5 + column * 3.05 + dice(), 4 + row * 3 + dice()]
      const free = [...PLACES, ...LEADED].every(
        ([, px, py, w, h]) => mx + 2 < px || mx > px + w + 0.4 || my + 1.4 < py || my > py + h + 0.4
      )
      if (!free || mx > 57 || dice() < 0.28) continue
      const [x, y] = at(mx, my)
      const upright = dice() > 0.5
      box(ctx, x, y, upright ? 7 : 13, upright ? 13 : 7, {
        fill: dice() > 0.5 ? '#d9c8a8' : '#54606b',
        stroke: '#7c8894',
        width: 0.8
      })
    }
}

const lots = ctx => {
  for (let layer = 0; layer < 5; layer += 1)
    solid(ctx, isometric(120, 560 - layer * 30, 5.4), [0, 0, 0], [62, 38, 1.4], {
      top: '#e3efe6',
      front: '#b9d3c0',
      side: '#a5c4ae'
    })
  box(ctx, 480, 250, 250, 120, { fill: '#ffffff', width: 2.4, radius: 6 })
  words(ctx, 'PCB-1042 rev C', 496, 284, { size: 24, bold: true })
  words(ctx, 'LOT W4711', 496, 318, { size: 26, bold: true, colour: RED })
  for (let bar = 0; bar < 44; bar += 1)
    if ((bar * 7) % 5 !== 0)
      box(ctx, 496 + bar * 4.8, 330, (bar * 13) % 3 === 0 ? 3 : 1.6, 28, { fill: INK, stroke: null })
  arrow(ctx, 690, 470, 640, 382)
  words(ctx, 'Scan this label', 590, 506, { size: 26, bold: true, colour: RED })
  words(ctx, 'Dry cabinet: below 5 % humidity', 96, 160, { size: 24, bold: true })
  parts(ctx, [[1, 'Bare board', 'PCB-1042 rev C', 1]])
  steps(ctx, ['Open one pack at a time.', 'No scratches on the gold.', 'Back in the cabinet within 8 hours.'], 800, 260)
}

const paste = ctx => {
  pcb(ctx, { small: false })
  const [x, y] = at(-2, -2)
  box(ctx, x, y, 66 * S, 42 * S, { stroke: BLUE, width: 4, dash: [14, 8], radius: 6 })
  words(ctx, 'Stencil T-STN-04', x + 10, y - 12, { size: 24, bold: true, colour: BLUE })
  arrow(ctx, 140, 640, 600, 640)
  words(ctx, 'Squeegee, 60 degrees', 250, 680, { size: 24, bold: true, colour: RED })
  balloon(ctx, 1, 420, 150, ...at(23, 14))
  callout(ctx, 800, 130, '0.12 mm', '0.10 to 0.15, pad 1 of U1')
  box(ctx, 806, 262, 270, 110, { stroke: THIN, width: 1.2 })
  line(
    ctx,
    [
      [820, 350],
      [1060, 350]
    ],
    { width: 6, colour: '#3f8f58' }
  )
  line(
    ctx,
    [
      [870, 347],
      [876, 312],
      [990, 312],
      [1000, 347]
    ],
    { fill: '#c2c9d0', close: true }
  )
  dimension(ctx, 1040, 372, 1040, 290, '0.12')
  words(ctx, 'paste', 932, 337, { size: 20, bold: true, align: 'center' })
  steps(
    ctx,
    ['Arrow on the stencil to the rail.', 'Measure the first board and every tenth.', 'Wipe after every 10 boards.'],
    800,
    420
  )
}

const place = ctx => {
  pcb(ctx)
  balloon(ctx, 1, 330, 130, ...at(26, 14))
  balloon(ctx, 2, 560, 130, ...at(47, 9))
  balloon(ctx, 3, 480, 660, ...at(37, 25))
  balloon(ctx, 4, 170, 660, ...at(15, 28))
  balloon(ctx, 5, 650, 660, ...at(56, 30))
  words(ctx, 'Dot = pin 1', 76, 130, { size: 22, bold: true })
  const end = parts(ctx, [
    [1, 'Microcontroller U1', 'U-MCU-L4', 1],
    [2, 'LoRa radio U2', 'U-LORA-868', 1],
    [3, 'Flash U3', 'U-FLASH-4M', 1],
    [4, 'Regulator U7', 'U-REG-3V3', 1],
    [5, 'Climate sensor U5', 'U-TEMP', 1]
  ])
  words(ctx, 'J6 stays empty (DNP)', 800, end + 40, { size: 24, bold: true, colour: RED })
  steps(ctx, ['Program 1042-C, both sides.', 'Compare the first board part by part.'], 800, end + 86)
}

const leaded = ctx => {
  pcb(ctx, { leaded: true })
  for (const one of LEADED) part(ctx, one, one[5] === 'round' ? {} : { fill: '#bfe3cb' })
  balloon(ctx, 1, 330, 130, ...at(11, 13))
  balloon(ctx, 2, 180, 660, ...at(3, 28))
  balloon(ctx, 3, 180, 130, ...at(4, 10))
  balloon(ctx, 4, 330, 660, ...at(18, 36))
  words(ctx, '+', at(9, 12)[0] + 6, at(9, 12)[1] + 2, { size: 40, bold: true, colour: RED })
  const end = parts(ctx, [
    [1, 'Capacitor C12', 'C-470U-RAD', 1],
    [2, 'USB socket J2', 'CON-USBC', 1],
    [3, 'Terminals J3', 'CON-TB4', 1],
    [4, 'Battery socket J4', 'CON-JST2', 1]
  ])
  callout(ctx, 800, end + 18, 'Plus = white', 'long lead to the white half', { w: 286 })
  steps(
    ctx,
    ['C12 at most 12.2 mm high.', 'Openings of J3 to the edge.', 'Leads 1.0 to 1.5 mm. Clean J3.'],
    800,
    end + 152
  )
}

const pad = ctx => {
  const view = isometric(150, 600, 7.4)
  solid(ctx, view, [0, 0, 0], [62, 38, 2], { top: '#e3efe6', front: '#b9d3c0', side: '#a5c4ae' })
  solid(ctx, view, [20, 12, 2], [14, 14, 3], { top: '#55626e', front: '#3a4650', side: '#2d3740' })
  solid(ctx, view, [20, 12, 17], [14, 14, 3], { top: '#cfe0f4', front: '#9fbfe4', side: '#86addb' })
  solid(ctx, view, [20, 12, 31], [14, 14, 2], { top: '#aab4bd', front: '#8d99a4', side: '#7b8792' })
  for (let fin = 0; fin < 5; fin += 1)
    solid(ctx, view, [20 + fin * 3, 12, 33], [1.6, 14, 7], {
      top: '#aab4bd',
      front: '#8d99a4',
      side: '#7b8792',
      width: 1.1
    })
  for (const [x, y] of [
    [22, 24],
    [33, 13]
  ]) {
    const [tx, ty] = view(x, y, 53)
    screw(ctx, tx, ty, 14)
    line(ctx, [[tx, ty + 18], view(x, y, 3)], { colour: THIN, dash: [8, 7], width: 1.8 })
  }
  balloon(ctx, 1, 130, 330, ...view(20, 14, 18.5))
  balloon(ctx, 2, 130, 210, ...view(20, 14, 36))
  balloon(ctx, 3, 610, 150, ...view(33, 13, 53))
  words(ctx, 'U7', ...view(24, 12, 3.2), { size: 22, bold: true, colour: '#ffffff' })
  arrow(ctx, 660, 300, 660, 410, { colour: BLUE })
  dimension(ctx, 70, 395, 70, 340, '2 mm')
  const end = parts(ctx, [
    [1, 'Thermal pad', 'PAD-22 rev C', 1],
    [2, 'Heatsink', 'HS-07 rev B', 1],
    [3, 'Screw M3x6', 'SCR-M3X6', 2]
  ])
  callout(ctx, 800, end + 20, 'Pad 2 mm', 'new in rev C: 1 mm thicker', { w: 286 })
  steps(
    ctx,
    ['Blue film off both sides.', 'Pad on U7, edges flush.', 'Heatsink, then both screws by hand.'],
    800,
    end + 156
  )
}

const torque = ctx => {
  const [cx, cy] = [380, 400]
  box(ctx, cx - 260, cy - 230, 520, 460, { fill: '#e3efe6', width: 2.4, radius: 14 })
  box(ctx, cx - 150, cy - 150, 300, 300, { fill: '#8d99a4', width: 2.4, radius: 4 })
  for (let fin = 0; fin < 8; fin += 1) box(ctx, cx - 140 + fin * 36, cy - 140, 22, 280, { fill: '#aab4bd', width: 1.2 })
  for (const [number, x, y] of [
    [1, cx - 112, cy + 104],
    [2, cx + 112, cy - 104]
  ]) {
    circle(ctx, x, y, 40, { fill: '#8d99a4', stroke: null })
    screw(ctx, x, y, 28)
    circle(ctx, number === 1 ? x - 78 : x + 100, number === 1 ? y + 70 : y - 60, 26, {
      fill: '#ffffff',
      stroke: RED,
      width: 3
    })
    words(ctx, String(number), number === 1 ? x - 78 : x + 100, number === 1 ? y + 80 : y - 50, {
      size: 30,
      bold: true,
      colour: RED,
      align: 'center'
    })
  }
  ctx.beginPath()
  ctx.arc(cx + 112, cy - 104, 62, -Math.PI * 0.2, Math.PI * 1.1)
  ctx.strokeStyle = RED
  ctx.lineWidth = 6
  ctx.stroke()
  arrow(ctx, cx + 52, cy - 116, cx + 54, cy - 136, { width: 6 })
  words(ctx, 'Left first (1), then right (2)', cx, cy + 270, { size: 26, bold: true, align: 'center' })
  callout(ctx, 800, 120, '0.6 N·m ± 0.05', 'driver T-TD-03', { w: 286 })
  words(ctx, 'No light may show here', 800, 262, { size: 24, bold: true })
  box(ctx, 812, 300, 250, 26, { fill: '#8d99a4' })
  box(ctx, 812, 326, 250, 12, { fill: '#9fbfe4' })
  box(ctx, 812, 338, 250, 20, { fill: '#3a4650' })
  arrow(ctx, 1080, 420, 1050, 338)
  steps(
    ctx,
    [
      'Screw 1 to the stop, not tight.',
      'Screw 2 tight, then screw 1.',
      'Read the value of screw 2.',
      'Photograph from above.'
    ],
    800,
    470
  )
}

const test = ctx => {
  pcb(ctx, { leaded: true, small: false })
  for (const [name, x, y] of [
    ['TP1', 8, 21],
    ['TP2', 8, 27],
    ['TP3', 47, 33],
    ['TP4', 53, 33]
  ]) {
    circle(ctx, ...at(x, y), 11, { fill: '#f3c14b', width: 2 })
    words(ctx, name, at(x, y)[0], at(x, y)[1] + 30, { size: 18, bold: true, align: 'center' })
  }
  line(ctx, [at(8, 21), [120, 660], [220, 690]], { colour: INK, width: 4 })
  line(ctx, [at(8, 27), [180, 640], [240, 690]], { colour: RED, width: 4 })
  box(ctx, 220, 640, 150, 80, { fill: '#ffffff', width: 2.4, radius: 8 })
  words(ctx, '3.30 V', 295, 692, { size: 32, bold: true, align: 'center' })
  box(ctx, at(8, 3)[0], at(8, 3)[1], 60, 26, { fill: '#ffffff', stroke: BLUE, width: 2.4 })
  balloon(ctx, 1, 330, 130, at(8, 3)[0] + 56, at(8, 3)[1] + 12)
  words(ctx, 'Serial label, read from J3', 356, 138, { size: 22, bold: true })
  callout(ctx, 800, 112, '3.23 to 3.37 V', 'TP2 against TP1', { w: 286 })
  callout(ctx, 800, 222, '2 to 9 µA', 'asleep, after the blue flash', { w: 286 })
  steps(
    ctx,
    [
      'Lid of jig T-JIG-14 closed.',
      'Green light: firmware is in.',
      'Wait 5 s before the current.',
      'Label flat, no bubbles.'
    ],
    800,
    370
  )
}

export const board = {
  number: 'BD-1042',
  revision: 'C',
  title: 'Main board PCA-1042',
  pages: [
    { title: '1 Scan the bare board lot', draw: lots },
    { title: '2 Print and measure paste', draw: paste },
    { title: '3 Place and reflow', draw: place },
    { title: '4 Solder the leaded parts', draw: leaded },
    { title: '5 Fit pad and heatsink on U7', draw: pad },
    { title: '6 Torque the heatsink', draw: torque },
    { title: '7 Flash, test and label', draw: test }
  ]
}
