/** Pictures of work for the sample plant, drawn with light and grain so that they read as photographs from a distance. */
import { createCanvas } from '@napi-rs/canvas'
import { box, circle, line, screw, words } from './sheet.mjs'

const W = 960
const H = 720

const bench = ctx => {
  const light = ctx.createRadialGradient(W * 0.4, H * 0.3, 60, W * 0.5, H * 0.5, W * 0.75)
  light.addColorStop(0, '#d8dbd6')
  light.addColorStop(1, '#6d726d')
  ctx.fillStyle = light
  ctx.fillRect(0, 0, W, H)
}

const grain = ctx => {
  let seed = 11
  for (let dot = 0; dot < 26000; dot += 1) {
    seed = (seed * 48271) % 2147483647
    const [x, y] = [seed % W, Math.floor(seed / W) % H]
    ctx.fillStyle = seed % 3 === 0 ? 'rgba(255,255,255,0.07)' : 'rgba(0,0,0,0.07)'
    ctx.fillRect(x, y, 2, 2)
  }
  const edge = ctx.createRadialGradient(W / 2, H / 2, H * 0.4, W / 2, H / 2, W * 0.7)
  edge.addColorStop(0, 'rgba(0,0,0,0)')
  edge.addColorStop(1, 'rgba(0,0,0,0.45)')
  ctx.fillStyle = edge
  ctx.fillRect(0, 0, W, H)
}

const soft = (ctx, draw) => {
  ctx.save()
  ctx.shadowColor = 'rgba(0,0,0,0.5)'
  ctx.shadowBlur = 26
  ctx.shadowOffsetX = 10
  ctx.shadowOffsetY = 16
  draw()
  ctx.restore()
}

const turned = (ctx, degrees, draw) => {
  ctx.save()
  ctx.translate(W / 2, H / 2)
  ctx.rotate((degrees * Math.PI) / 180)
  ctx.translate(-W / 2, -H / 2)
  draw()
  ctx.restore()
}

const greenBoard = ctx => {
  soft(ctx, () => box(ctx, 130, 130, 700, 460, { fill: '#1d5a3c', stroke: '#0f3d27', radius: 12 }))
  let seed = 5
  for (let one = 0; one < 90; one += 1) {
    seed = (seed * 48271) % 2147483647
    const [x, y] = [150 + (seed % 640), 150 + (Math.floor(seed / 640) % 410)]
    box(ctx, x, y, seed % 2 === 0 ? 16 : 8, seed % 2 === 0 ? 8 : 16, {
      fill: seed % 3 === 0 ? '#c9b38a' : '#23272b',
      stroke: '#9aa39d',
      width: 1
    })
  }
  for (const [x, y, w, h] of [
    [360, 240, 96, 96],
    [640, 190, 64, 64],
    [520, 440, 70, 58]
  ])
    box(ctx, x, y, w, h, { fill: '#1b1e21', stroke: '#3a4046', radius: 3 })
}

const heatsink = ctx =>
  turned(ctx, -4, () => {
    greenBoard(ctx)
    soft(ctx, () => box(ctx, 330, 260, 260, 260, { fill: '#2a2d31', stroke: '#15171a' }))
    for (let fin = 0; fin < 9; fin += 1)
      box(ctx, 340 + fin * 28, 266, 14, 248, { fill: '#4b5158', stroke: '#22262a', width: 1 })
    for (const [x, y] of [
      [366, 486],
      [554, 294]
    ]) {
      circle(ctx, x, y, 34, { fill: '#2a2d31', stroke: null })
      screw(ctx, x, y, 25)
    }
  })

const inside = ctx =>
  turned(ctx, 3, () => {
    soft(ctx, () => box(ctx, 90, 90, 780, 540, { fill: '#b9bfc4', stroke: '#868d93', radius: 44 }))
    box(ctx, 130, 130, 700, 460, { fill: '#8f969c', stroke: '#6d7479', radius: 26 })
    box(ctx, 180, 170, 600, 210, { fill: '#1d5a3c', stroke: '#0f3d27', radius: 8 })
    for (let one = 0; one < 12; one += 1)
      box(ctx, 220 + one * 44, 200 + (one % 4) * 36, 26, 22, { fill: '#1b1e21', stroke: '#444' })
    soft(ctx, () => box(ctx, 190, 420, 560, 130, { fill: '#c23b2e', stroke: '#8d2419', radius: 60 }))
    words(ctx, '3.6 V  19 Ah', 380, 500, { size: 40, bold: true, colour: '#f4e9e6' })
    line(
      ctx,
      [
        [740, 450],
        [800, 420],
        [790, 330],
        [690, 320]
      ],
      { colour: '#b3170f', width: 12 }
    )
    line(
      ctx,
      [
        [740, 490],
        [816, 440],
        [804, 310],
        [690, 300]
      ],
      { colour: '#16181a', width: 12 }
    )
    for (const x of [250, 640]) box(ctx, x, 408, 26, 154, { fill: '#e9e6df', stroke: '#b5b0a4' })
  })

const label = ctx =>
  turned(ctx, -2, () => {
    soft(ctx, () => box(ctx, 100, 60, 760, 600, { fill: '#c4c9cd', stroke: '#90979c', radius: 50 }))
    soft(ctx, () => box(ctx, 230, 200, 500, 320, { fill: '#fbfbf8', stroke: '#d0d0c8', radius: 16 }))
    words(ctx, 'SCOUT AIR', 262, 270, { size: 48, bold: true })
    words(ctx, 'SN 100-00067', 262, 336, { size: 38, bold: true })
    words(ctx, '868 MHz  3.6 V  IP67', 262, 388, { size: 28 })
    words(ctx, 'Fennel Labs', 262, 486, { size: 26 })
    let seed = 3
    for (let row = 0; row < 14; row += 1)
      for (let column = 0; column < 14; column += 1) {
        seed = (seed * 16807) % 2147483647
        if (row === 13 || column === 0 || seed % 2 === 0)
          box(ctx, 560 + column * 10, 350 + row * 10, 10, 10, { fill: '#111', stroke: null })
      }
  })

const defect = ctx =>
  turned(ctx, 6, () => {
    greenBoard(ctx)
    box(ctx, 220, 200, 440, 320, { fill: '#1b1e21', stroke: '#3a4046', radius: 5 })
    for (let pin = 0; pin < 9; pin += 1)
      box(ctx, 244 + pin * 46, 516, 26, 64, { fill: '#d6dbe0', stroke: '#8d959c', radius: 4 })
    ctx.beginPath()
    ctx.ellipse(452, 562, 50, 24, 0.1, 0, Math.PI * 2)
    ctx.fillStyle = '#e8edf1'
    ctx.fill()
    words(ctx, 'KR1268', 330, 370, { size: 52, bold: true, colour: '#6f767c' })
  })

/** Name and bytes of each picture. */
export const photos = () =>
  Promise.all(
    Object.entries({ heatsink, inside, label, defect }).map(async ([name, draw]) => {
      const canvas = createCanvas(W, H)
      const ctx = canvas.getContext('2d')
      bench(ctx)
      draw(ctx)
      grain(ctx)
      return { name, bytes: await canvas.encode('webp', 70) }
    })
  )
