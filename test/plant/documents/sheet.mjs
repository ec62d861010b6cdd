/** Drawing tools for the sample plant's build documents: one landscape sheet per step, title block, balloons, arrows. */
import { PDFDocument } from '@napi-rs/canvas'

export const W = 1120
export const H = 792
export const INK = '#17202a'
export const THIN = '#5d6b78'
export const BLUE = '#0b5cad'
export const RED = '#b00020'
export const FONT = 'Liberation Sans'

const round = value => Math.round(value * 10) / 10

/** One document: `pages` are `{ title, note, draw(ctx) }`. Answers its bytes. */
export const makeDocument = ({ number, revision, title, pages, dated }) => {
  const pdf = new PDFDocument({
    title: `${number} ${revision} ${title}`,
    author: 'Fennel Labs',
    creation: 0,
    modified: 0
  })
  pages.forEach((page, at) => {
    const ctx = pdf.beginPage(W, H)
    ctx.fillStyle = '#ffffff'
    ctx.fillRect(0, 0, W, H)
    frame(ctx, { number, revision, title, page, at: at + 1, of: pages.length, dated })
    ctx.save()
    page.draw(ctx)
    ctx.restore()
    pdf.endPage()
  })
  return pdf.close()
}

const frame = (ctx, { number, revision, title, page, at, of, dated }) => {
  ctx.strokeStyle = INK
  ctx.lineWidth = 2
  ctx.strokeRect(16, 16, W - 32, H - 32)
  ctx.fillStyle = INK
  ctx.fillRect(16, 16, W - 32, 62)
  ctx.fillStyle = '#ffffff'
  words(ctx, page.title, 34, 57, { size: 30, bold: true, colour: '#ffffff' })
  words(ctx, `${number} · rev ${revision}`, W - 34, 57, { size: 24, bold: true, colour: '#ffffff', align: 'right' })
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.moveTo(16, H - 62)
  ctx.lineTo(W - 16, H - 62)
  ctx.stroke()
  words(ctx, title, 34, H - 32, { size: 19, bold: true })
  words(ctx, `Fennel Labs · ${dated} · sample drawing`, W / 2, H - 32, { size: 16, colour: THIN, align: 'center' })
  words(ctx, `Page ${at} of ${of}`, W - 34, H - 32, { size: 19, bold: true, align: 'right' })
}

export const words = (ctx, text, x, y, { size = 20, bold = false, colour = INK, align = 'left', most } = {}) => {
  ctx.font = `${bold ? 'bold ' : ''}${size}px "${FONT}"`
  ctx.fillStyle = colour
  ctx.textAlign = align
  const lines = most ? wrap(ctx, text, most) : [text]
  for (const [at, line] of lines.entries()) ctx.fillText(line, x, y + at * size * 1.3)
  return y + lines.length * size * 1.3
}

const wrap = (ctx, text, most) => {
  const lines = ['']
  for (const word of text.split(' ')) {
    const next = `${lines.at(-1)} ${word}`.trim()
    if (ctx.measureText(next).width > most && lines.at(-1) !== '') lines.push(word)
    else lines[lines.length - 1] = next
  }
  return lines
}

export const box = (ctx, x, y, w, h, { fill, stroke = INK, width = 1.6, radius = 0, dash = [] } = {}) => {
  ctx.beginPath()
  ctx.roundRect(x, y, w, h, radius)
  if (fill) {
    ctx.fillStyle = fill
    ctx.fill()
  }
  if (stroke) {
    ctx.strokeStyle = stroke
    ctx.lineWidth = width
    ctx.setLineDash(dash)
    ctx.stroke()
    ctx.setLineDash([])
  }
}

export const circle = (ctx, x, y, r, { fill, stroke = INK, width = 1.6 } = {}) => {
  ctx.beginPath()
  ctx.arc(x, y, r, 0, Math.PI * 2)
  if (fill) {
    ctx.fillStyle = fill
    ctx.fill()
  }
  if (stroke) {
    ctx.strokeStyle = stroke
    ctx.lineWidth = width
    ctx.stroke()
  }
}

export const line = (ctx, points, { colour = INK, width = 1.6, dash = [], fill, close = false } = {}) => {
  ctx.beginPath()
  for (const [x, y] of points) ctx.lineTo(round(x), round(y))
  if (close) ctx.closePath()
  if (fill) {
    ctx.fillStyle = fill
    ctx.fill()
  }
  ctx.strokeStyle = colour
  ctx.lineWidth = width
  ctx.lineJoin = 'round'
  ctx.setLineDash(dash)
  ctx.stroke()
  ctx.setLineDash([])
}

/** A leader from a numbered balloon to a point. */
export const balloon = (ctx, number, x, y, toX, toY, { colour = BLUE } = {}) => {
  const angle = Math.atan2(toY - y, toX - x)
  line(
    ctx,
    [
      [x + Math.cos(angle) * 20, y + Math.sin(angle) * 20],
      [toX, toY]
    ],
    { colour, width: 2 }
  )
  circle(ctx, toX, toY, 4, { fill: colour, stroke: null })
  circle(ctx, x, y, 20, { fill: '#ffffff', stroke: colour, width: 2.6 })
  words(ctx, String(number), x, y + 8, { size: 22, bold: true, colour, align: 'center' })
}

export const arrow = (ctx, x, y, toX, toY, { colour = RED, width = 5 } = {}) => {
  const angle = Math.atan2(toY - y, toX - x)
  const size = width * 3.4
  line(
    ctx,
    [
      [x, y],
      [toX - Math.cos(angle) * size * 0.8, toY - Math.sin(angle) * size * 0.8]
    ],
    { colour, width }
  )
  const wing = turn => [toX - Math.cos(angle + turn) * size, toY - Math.sin(angle + turn) * size]
  line(ctx, [[toX, toY], wing(0.42), wing(-0.42)], { colour, width: 1, fill: colour, close: true })
}

/** A dimension line with its text, horizontal or upright. */
export const dimension = (ctx, x, y, toX, toY, text) => {
  arrow(ctx, (x + toX) / 2, (y + toY) / 2, x, y, { colour: THIN, width: 1.8 })
  arrow(ctx, (x + toX) / 2, (y + toY) / 2, toX, toY, { colour: THIN, width: 1.8 })
  const upright = Math.abs(toY - y) > Math.abs(toX - x)
  const [mx, my] = [(x + toX) / 2, (y + toY) / 2]
  ctx.font = `bold 19px "${FONT}"`
  const wide = ctx.measureText(text).width + 12
  ctx.fillStyle = '#ffffff'
  ctx.fillRect(upright ? mx - wide / 2 : mx - wide / 2, my - 13, wide, 26)
  words(ctx, text, mx, my + 7, { size: 19, bold: true, align: 'center' })
}

/** What the eye must not miss: a value in a frame. */
export const callout = (ctx, x, y, big, small, { colour = RED, w = 250 } = {}) => {
  box(ctx, x, y, w, small ? 92 : 60, { fill: '#ffffff', stroke: colour, width: 3, radius: 8 })
  words(ctx, big, x + w / 2, y + 42, { size: 32, bold: true, colour, align: 'center' })
  if (small) words(ctx, small, x + w / 2, y + 76, { size: 19, align: 'center' })
}

/** The parts of this page, by balloon. */
export const parts = (ctx, rows, x = 800, y = 112, w = 286) => {
  box(ctx, x, y, w, 40, { fill: '#e8edf2', stroke: INK, width: 1.2 })
  words(ctx, 'Parts', x + 12, y + 28, { size: 20, bold: true })
  words(ctx, 'Qty', x + w - 12, y + 28, { size: 18, bold: true, align: 'right' })
  rows.forEach(([number, name, code, quantity], at) => {
    const top = y + 40 + at * 58
    box(ctx, x, top, w, 58, { stroke: THIN, width: 1 })
    circle(ctx, x + 28, top + 29, 17, { stroke: BLUE, width: 2.2 })
    words(ctx, String(number), x + 28, top + 36, { size: 19, bold: true, colour: BLUE, align: 'center' })
    words(ctx, name, x + 56, top + 25, { size: 18, bold: true })
    words(ctx, code, x + 56, top + 47, { size: 16, colour: THIN })
    words(ctx, String(quantity), x + w - 14, top + 36, { size: 21, bold: true, align: 'right' })
  })
  return y + 40 + rows.length * 58
}

/** Numbered sentences under the parts. */
export const steps = (ctx, sentences, x = 800, y = 420, w = 286) => {
  let top = y
  sentences.forEach((sentence, at) => {
    words(ctx, `${at + 1}.`, x, top, { size: 22, bold: true, colour: BLUE })
    top = words(ctx, sentence, x + 28, top, { size: 22, most: w - 28 }) + 12
  })
  return top
}

/** A parallel view from above left: x to the right, y to the back, z up. */
export const isometric = (originX, originY, scale) => (x, y, z) => [
  originX + (x + y * 0.5) * scale,
  originY - (y * 0.38 + z * 0.82) * scale
]

/** A box in that view, with a lighter top and a darker side. */
export const solid = (
  ctx,
  at,
  [x, y, z],
  [w, d, h],
  { top = '#f4f6f8', front = '#e2e8ee', side = '#cfd8e0', width = 1.6 } = {}
) => {
  line(ctx, [at(x, y, z), at(x + w, y, z), at(x + w, y, z + h), at(x, y, z + h)], { fill: front, close: true, width })
  line(ctx, [at(x + w, y, z), at(x + w, y + d, z), at(x + w, y + d, z + h), at(x + w, y, z + h)], {
    fill: side,
    close: true,
    width
  })
  line(ctx, [at(x, y, z + h), at(x + w, y, z + h), at(x + w, y + d, z + h), at(x, y + d, z + h)], {
    fill: top,
    close: true,
    width
  })
}

export const screw = (ctx, x, y, r = 12, number) => {
  circle(ctx, x, y, r, { fill: '#dfe5ea', width: 2 })
  for (let turn = 0; turn < 6; turn += 1) {
    const angle = (turn * Math.PI) / 3
    line(
      ctx,
      [
        [x, y],
        [x + Math.cos(angle) * r * 0.5, y + Math.sin(angle) * r * 0.5]
      ],
      { width: r * 0.22 }
    )
  }
  if (number === undefined) return
  const side = x < 400 ? 1 : -1
  circle(ctx, x + side * (r + 26), y, 20, { fill: '#ffffff', stroke: RED, width: 2.6 })
  words(ctx, String(number), x + side * (r + 26), y + 8, { size: 24, bold: true, colour: RED, align: 'center' })
}
