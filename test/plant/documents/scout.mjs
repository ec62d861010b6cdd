/** The Scout itself, as every sheet shows it: closed, lifted, and its open base from above. */
import { BLUE, box, circle, line, solid, THIN } from './sheet.mjs'

export const GREY = { top: '#eef1f4', front: '#d4dbe1', side: '#c2cbd3' }

export const scout = (ctx, view, lift = 0) => {
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

export const tray = (ctx, { seal = false, vent = false } = {}) => {
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
