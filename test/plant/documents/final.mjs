/** BD-0100 and BD-0300: final assembly of every Scout, and its packing. */
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

const GREY = { top: '#eef1f4', front: '#d4dbe1', side: '#c2cbd3' }
const GREEN = { top: '#dcebe0', front: '#b9d3c0', side: '#a5c4ae' }

const scout = (ctx, view, lift = 0) => {
  solid(ctx, view, [0, 0, 0], [72, 48, 26], GREY)
  solid(ctx, view, [0, 0, 26 + lift], [72, 48, 7], GREY)
  const [ax, ay] = view(62, 40, 33 + lift)
  line(
    ctx,
    [
      [ax, ay],
      [ax, ay - 110]
    ],
    { width: 12, colour: '#3a4650' }
  )
  for (let slot = 0; slot < 6; slot += 1)
    line(ctx, [view(12 + slot * 5, 0, 8), view(12 + slot * 5, 0, 18)], { width: 3, colour: THIN })
}

const tray = (ctx, { seal = false, vent = false } = {}) => {
  box(ctx, 70, 150, 640, 480, { fill: '#dfe5ea', width: 3, radius: 34 })
  box(ctx, 104, 184, 572, 412, { fill: '#f7f9fa', width: 2, radius: 20 })
  if (seal) box(ctx, 87, 167, 606, 446, { stroke: '#d0622c', width: 9, radius: 27 })
  for (const [x, y] of [
    [92, 172],
    [688, 172],
    [92, 608],
    [688, 608]
  ])
    circle(ctx, x, y, 13, { fill: '#ffffff', width: 2 })
  for (const [x, y] of [
    [180, 250],
    [600, 250],
    [180, 530],
    [600, 530]
  ]) {
    circle(ctx, x, y, 22, { fill: '#dfe5ea', width: 2 })
    circle(ctx, x, y, 7, { fill: '#17202a', stroke: null })
  }
  if (vent) {
    circle(ctx, 390, 612, 30, { fill: '#ffffff', stroke: BLUE, width: 4 })
    circle(ctx, 390, 612, 14, { fill: '#cfe0f4', stroke: BLUE, width: 2 })
  }
}

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

const check = ctx => {
  box(ctx, 80, 140, 620, 500, { fill: '#eef1f4', width: 3, radius: 10 })
  box(ctx, 120, 180, 360, 420, { fill: '#d4dbe1', width: 2.4 })
  scout(ctx, isometric(180, 520, 2.9))
  for (const radius of [40, 70, 100]) {
    ctx.beginPath()
    ctx.arc(420, 300, radius, -0.7, 0.7)
    ctx.strokeStyle = BLUE
    ctx.lineWidth = 4
    ctx.stroke()
  }
  box(ctx, 510, 180, 160, 120, { fill: '#17202a', radius: 8 })
  words(ctx, '14.1 dBm', 590, 236, { size: 30, bold: true, colour: '#7fe3a0', align: 'center' })
  words(ctx, '38 Pa', 590, 278, { size: 28, bold: true, colour: '#7fe3a0', align: 'center' })
  circle(ctx, 590, 380, 36, { fill: '#48b06c', width: 3 })
  words(ctx, 'green', 590, 446, { size: 22, bold: true, align: 'center' })
  line(
    ctx,
    [
      [300, 560],
      [300, 620],
      [620, 620],
      [620, 520]
    ],
    { colour: THIN, width: 8 }
  )
  circle(ctx, 620, 510, 34, { fill: '#ffffff', width: 3 })
  words(ctx, 'kPa', 620, 518, { size: 20, bold: true, align: 'center' })
  words(ctx, 'Radio test box T-JIG-20, door closed', 390, 690, { size: 26, bold: true, align: 'center' })
  callout(ctx, 800, 112, '13 to 15 dBm', 'radio power', { w: 286 })
  callout(ctx, 800, 222, '0 to 60 Pa', 'leak in 30 s at 20 kPa', { w: 286 })
  steps(
    ctx,
    [
      'Unit in the nest, antenna up.',
      'Door closed, press Start.',
      'Green light ends the test.',
      'Red: run once more, then call.'
    ],
    800,
    372
  )
}

const probe = ctx => {
  box(ctx, 80, 180, 70, 360, { fill: '#3a4650', radius: 30, width: 2.4 })
  line(
    ctx,
    [
      [80, 540],
      [115, 640],
      [150, 540]
    ],
    { fill: '#3a4650', close: true, width: 2.4 }
  )
  box(ctx, 98, 230, 34, 270, { fill: '#dcebe0', width: 1.4 })
  dimension(ctx, 190, 180, 190, 640, '118 mm')
  line(
    ctx,
    [
      [115, 180],
      [115, 130],
      [300, 130]
    ],
    { width: 12, colour: INK }
  )
  words(ctx, 'Soil probe SA-230', 70, 710, { size: 24, bold: true })
  const view = isometric(420, 560, 6)
  solid(ctx, view, [0, 0, 0], [30, 22, 4], GREY)
  solid(ctx, view, [5, 4, 13], [20, 14, 7], { top: '#d8b04c', front: '#bf9a3d', side: '#a88733' })
  solid(ctx, view, [2, 2, 30], [26, 18, 4], GREY)
  for (const [x, y] of [
    [4, 4],
    [26, 4],
    [15, 20]
  ]) {
    const [tx, ty] = view(x, y, 46)
    screw(ctx, tx, ty, 12)
    line(ctx, [[tx, ty + 14], view(x, y, 4)], { colour: THIN, dash: [7, 6] })
  }
  balloon(ctx, 1, 400, 620, ...view(2, 0, 2))
  balloon(ctx, 2, 400, 430, ...view(5, 4, 16))
  balloon(ctx, 3, 400, 270, ...view(2, 2, 32))
  words(ctx, 'Ultrasonic head SA-240', 400, 710, { size: 24, bold: true })
  const end = parts(ctx, [
    [1, 'Horn', 'US-HORN', 1],
    [2, 'Transducer', 'US-XDCR', 1],
    [3, 'Clamp ring', 'US-RING', 1],
    ['S', 'Screw M2x5', 'SCR-M2X5', 3]
  ])
  steps(
    ctx,
    [
      'Probe: 45 g resin, slowly, no bubbles at the tip. 12 h upright.',
      'Head: transducer with its arrow to the cable.',
      'Wires: brown 1, white 2, blue 3, black 4.'
    ],
    800,
    end + 50
  )
}

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

export const packing = {
  number: 'BD-0300',
  revision: 'A',
  title: 'Scout, packing',
  pages: [
    { title: '1 Label and tray', draw: label },
    { title: '2 Carton', draw: carton }
  ]
}
