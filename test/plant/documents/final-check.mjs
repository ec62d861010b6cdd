/** BD-0100, page 6: the radio and leak test. */
import { BLUE, box, callout, circle, isometric, line, steps, THIN, words } from './sheet.mjs'
import { scout } from './scout.mjs'

export const check = ctx => {
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
