/** BD-0100, page 7: the probe of the Soil and the head of the Tank. */
import { balloon, box, dimension, INK, isometric, line, parts, screw, solid, steps, THIN, words } from './sheet.mjs'
import { GREY } from './scout.mjs'

export const probe = ctx => {
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
