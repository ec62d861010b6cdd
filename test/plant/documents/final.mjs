/** BD-0100: final assembly of every Scout, one sheet per step. */
import {
  arrow,
  balloon,
  BLUE,
  box,
  callout,
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
import { check } from './final-check.mjs'
import { probe } from './final-probe.mjs'
import { scout, tray } from './scout.mjs'

const GREEN = { top: '#dcebe0', front: '#b9d3c0', side: '#a5c4ae' }

const whole = ctx => {
  const view = isometric(110, 620, 5.6)
  scout(ctx, view, 34)
  solid(ctx, view, [8, 7, 34], [56, 34, 2], GREEN)
  for (const [x, y] of [
    [2, 2],
    [70, 2],
    [2, 46],
    [70, 46]
  ])
    line(ctx, [view(x, y, 26), view(x, y, 60)], { colour: THIN, dash: [7, 6] })
  balloon(ctx, 1, 90, 470, ...view(0, 0, 14))
  balloon(ctx, 2, 90, 330, ...view(8, 7, 35))
  balloon(ctx, 3, 130, 190, ...view(0, 20, 64))
  balloon(ctx, 4, 720, 180, ...view(62, 40, 78))
  const end = parts(ctx, [
    [1, 'Enclosure base', 'ENC-100B / ENC-140B', 1],
    [2, 'Main board', 'PCA-1042 rev C', 1],
    [3, 'Enclosure lid', 'ENC-100L / ENC-120L', 1],
    [4, 'Antenna', 'ANT-868', 1]
  ])
  steps(
    ctx,
    ['Scan the lot on the bag of the base.', 'Sealing edge: no chips, no scratches.', 'Wipe it with a dry cloth.'],
    800,
    end + 52
  )
}

const seal = ctx => {
  tray(ctx, { seal: true, vent: true })
  balloon(ctx, 1, 500, 690, 420, 618)
  balloon(ctx, 2, 740, 130, 690, 240)
  arrow(ctx, 340, 122, 380, 158, { colour: RED })
  words(ctx, 'Joint of the seal here', 80, 126, { size: 24, bold: true, colour: RED })
  words(ctx, 'hinge side', 390, 230, { size: 22, colour: THIN, align: 'center' })
  const end = parts(ctx, [
    [1, 'Pressure vent M8', 'VENT-M8', 1],
    [2, 'Lid seal', 'GSK-100', 1]
  ])
  words(ctx, 'Right', 850, end + 50, { size: 22, bold: true })
  words(ctx, 'Wrong', 1000, end + 50, { size: 22, bold: true, colour: RED })
  for (const [x, twist] of [
    [830, 0],
    [980, 1]
  ]) {
    line(
      ctx,
      [
        [x, end + 70],
        [x, end + 130],
        [x + 90, end + 130],
        [x + 90, end + 70]
      ],
      { width: 3 }
    )
    if (twist)
      line(
        ctx,
        [
          [x + 20, end + 122],
          [x + 40, end + 84],
          [x + 62, end + 118],
          [x + 78, end + 92]
        ],
        { width: 13, colour: '#d0622c' }
      )
    else box(ctx, x + 14, end + 104, 62, 22, { fill: '#d0622c', stroke: null, radius: 10 })
  }
  steps(
    ctx,
    ['Vent from outside, hand tight plus a quarter turn.', 'Seal in the groove, no twist, no grease on top.'],
    800,
    end + 186
  )
}

const fit = ctx => {
  tray(ctx, { seal: true })
  box(ctx, 150, 220, 480, 340, { fill: '#e3efe6', width: 2.4, radius: 12 })
  for (const [number, x, y] of [
    [1, 180, 250],
    [2, 600, 530],
    [3, 600, 250],
    [4, 180, 530]
  ])
    screw(ctx, x, y, 19, number)
  box(ctx, 176, 330, 44, 120, { fill: '#5fa777' })
  words(ctx, 'J3', 198, 396, { size: 20, bold: true, colour: '#ffffff', align: 'center' })
  box(ctx, 250, 300, 120, 120, { fill: '#8d99a4' })
  words(ctx, 'HS1', 310, 368, { size: 22, bold: true, align: 'center' })
  box(ctx, 234, 450, 92, 40, { fill: '#ffffff', stroke: BLUE, width: 2.6 })
  words(ctx, '1042-00121', 280, 476, { size: 15, bold: true, align: 'center' })
  balloon(ctx, 1, 430, 480, 326, 470)
  box(ctx, 560, 330, 36, 36, { fill: '#eef1f4' })
  words(ctx, 'J1', 578, 355, { size: 17, bold: true, align: 'center' })
  line(
    ctx,
    [
      [196, 262],
      [586, 518]
    ],
    { colour: RED, width: 2, dash: [10, 8] }
  )
  line(
    ctx,
    [
      [584, 262],
      [196, 518]
    ],
    { colour: RED, width: 2, dash: [10, 8] }
  )
  const end = parts(ctx, [
    [1, 'Main board, scan it', 'PCA-1042', 1],
    ['S', 'Screw M2x5', 'SCR-M2X5', 4]
  ])
  callout(ctx, 800, end + 22, '0.25 N·m', '0.22 to 0.28, driver T-TD-04', { w: 286 })
  steps(ctx, ['J3 to the cable side.', 'Order 1, 2, 3, 4: crosswise.', 'Read the value of screw 4.'], 800, end + 166)
}

const wire = ctx => {
  tray(ctx, { seal: true })
  box(ctx, 150, 220, 480, 210, { fill: '#e3efe6', width: 2.4, radius: 12 })
  box(ctx, 170, 450, 420, 110, { fill: '#c7cfd7', width: 2.4, radius: 55 })
  words(ctx, 'SA-210   3.6 V   19 Ah', 380, 516, { size: 26, bold: true, align: 'center' })
  for (const x of [190, 520]) box(ctx, x, 440, 40, 130, { fill: '#f1d9c6', stroke: '#a9764c', dash: [5, 4] })
  box(ctx, 300, 380, 70, 40, { fill: '#eef1f4' })
  words(ctx, 'J4', 335, 408, { size: 20, bold: true, align: 'center' })
  line(
    ctx,
    [
      [590, 490],
      [650, 480],
      [650, 400],
      [380, 408]
    ],
    { colour: RED, width: 6 }
  )
  line(
    ctx,
    [
      [590, 516],
      [664, 500],
      [664, 384],
      [380, 396]
    ],
    { colour: INK, width: 6 }
  )
  box(ctx, 560, 250, 40, 40, { fill: '#eef1f4' })
  words(ctx, 'J1', 580, 277, { size: 19, bold: true, align: 'center' })
  line(
    ctx,
    [
      [580, 250],
      [580, 200],
      [640, 176],
      [724, 176]
    ],
    { colour: '#5d6b78', width: 7 }
  )
  box(ctx, 724, 160, 46, 32, { fill: '#d8b04c' })
  box(ctx, 164, 250, 44, 120, { fill: '#5fa777' })
  words(ctx, 'J3', 186, 316, { size: 20, bold: true, colour: '#ffffff', align: 'center' })
  ;[
    ['1', 'brown', '#8a5a2b'],
    ['2', 'white', '#ffffff'],
    ['3', 'blue', '#2f6fc4'],
    ['4', 'black', '#17202a']
  ].forEach(([pin, name, colour], at) => {
    const y = 266 + at * 29
    line(
      ctx,
      [
        [40, y],
        [164, y]
      ],
      { colour: INK, width: 9 }
    )
    line(
      ctx,
      [
        [40, y],
        [164, y]
      ],
      { colour, width: 6 }
    )
    words(ctx, `${pin} ${name}`, 216, y + 7, { size: 18, bold: true })
  })
  balloon(ctx, 1, 420, 640, 400, 560)
  balloon(ctx, 2, 520, 640, 540, 566)
  balloon(ctx, 3, 700, 120, 720, 172)
  const end = parts(ctx, [
    [1, 'Battery pack, scan lot', 'SA-210', 1],
    [2, 'Battery foam', 'FOAM-BAT', 2],
    [3, 'Antenna lead', 'SA-220', 1]
  ])
  steps(
    ctx,
    [
      'Battery into J4 until it clicks.',
      'Antenna plug J1 straight down: press, do not turn.',
      'J3 only for Soil and Tank: colours as drawn.',
      'Two cable ties. Photograph.'
    ],
    800,
    end + 46
  )
}

const close = ctx => {
  box(ctx, 70, 150, 640, 480, { fill: '#e6ebef', width: 3, radius: 34 })
  for (const [number, x, y] of [
    [1, 110, 190],
    [2, 670, 590],
    [3, 670, 190],
    [4, 110, 590]
  ])
    screw(ctx, x, y, 24, number)
  for (const [number, x, y] of [
    [5, 390, 172],
    [6, 390, 608],
    [7, 92, 390],
    [8, 688, 390]
  ])
    screw(ctx, x, y, 13, number)
  box(ctx, 230, 270, 320, 240, { fill: '#f7f9fa', width: 1.4, radius: 16 })
  words(ctx, 'SCOUT', 390, 404, { size: 54, bold: true, colour: '#9aa6b1', align: 'center' })
  line(
    ctx,
    [
      [136, 206],
      [644, 574]
    ],
    { colour: RED, width: 2, dash: [10, 8] }
  )
  line(
    ctx,
    [
      [644, 206],
      [136, 574]
    ],
    { colour: RED, width: 2, dash: [10, 8] }
  )
  words(ctx, '1 to 4: M3x10     5 to 8: M2x5', 390, 690, { size: 26, bold: true, align: 'center' })
  const end = parts(ctx, [
    ['A', 'Screw M3x10, captive', 'SCR-M3X10', 4],
    ['B', 'Screw M2x5', 'SCR-M2X5', 4],
    ['C', 'Desiccant bag', 'DESI-1', 1]
  ])
  callout(ctx, 800, end + 18, '0.7 N·m', '0.65 to 0.75, screw 3', { w: 286 })
  steps(
    ctx,
    ['One desiccant bag, not on the board.', 'Crosswise 1 to 4, then 5 to 8.', 'Gap all round below 0.3 mm.'],
    800,
    end + 158
  )
}

export const final = {
  number: 'BD-0100',
  revision: 'C',
  title: 'Scout, final assembly',
  pages: [
    { title: '1 Overview, scan the enclosure', draw: whole },
    { title: '2 Vent and seal', draw: seal },
    { title: '3 Screw the board down', draw: fit },
    { title: '4 Battery, antenna, cable', draw: wire },
    { title: '5 Close the lid', draw: close },
    { title: '6 Radio and leak test', draw: check },
    { title: '7 Probe and head', draw: probe }
  ]
}
