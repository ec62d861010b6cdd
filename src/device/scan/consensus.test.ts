import { describe, expect, it } from 'vitest'
import { judge } from './consensus.ts'

describe('a reading of the camera', () => {
  it('counts at once for a QR code, and once while it stays in view', () => {
    const ask = judge()
    const code = { text: 'WO-0012-30', format: 'QRCode' }
    expect(ask(code, 0)).toEqual(code)
    expect(ask(code, 40)).toBeUndefined()
    expect(ask(code, 1000)).toBeUndefined()
    expect(ask(code, 2100)).toBeUndefined()
    expect(ask(undefined, 2140)).toBeUndefined()
    expect(ask(code, 3400)).toEqual(code)
  })

  it('counts at once for a Code 128 that is one of our labels', () => {
    expect(judge()({ text: 'B-1004', format: 'Code128' }, 0)?.text).toBe('B-1004')
  })

  it("needs two equal frames for somebody else's Code 128", () => {
    const ask = judge()
    expect(ask({ text: '409608', format: 'Code128' }, 0)).toBeUndefined()
    expect(ask({ text: '174808', format: 'Code128' }, 40)).toBeUndefined()
    expect(ask({ text: '409608', format: 'Code128' }, 80)?.text).toBe('409608')
  })

  it('forgets a weak reading after five frames', () => {
    const ask = judge()
    expect(ask({ text: '12345670', format: 'EAN8' }, 0)).toBeUndefined()
    for (let frame = 1; frame <= 4; frame += 1) ask(undefined, frame * 40)
    expect(ask({ text: '12345670', format: 'EAN8' }, 200)).toBeUndefined()
    expect(ask({ text: '12345670', format: 'EAN8' }, 240)?.text).toBe('12345670')
  })
})
