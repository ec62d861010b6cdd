import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { holdWords, reasons } from './words.ts'

const rules = readFileSync(new URL('rules.ts', import.meta.url), 'utf8')
const codes = [...new Set([...rules.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].flatMap(([, code]) => (code ? [code] : [])))]
const about = {
  workOrder: 'WO-0012',
  op: 30,
  sample: 2,
  check: 4,
  name: 'Screws',
  pieces: 8,
  more: 1,
  gauge: 'T-1',
  until: '2026-11-22'
}

describe('the room’s sentences', () => {
  it('finds the reasons that the rules give', () => {
    expect(codes).toContain('gauge-expired')
    expect(codes).toContain('checks-missing')
    expect(codes).toContain('defect-missing')
    expect(codes.length).toBeGreaterThan(30)
  })

  it.each(codes)('has one for %s, in plain words', code => {
    const sentence = reasons[code]?.({
      ...about,
      scanned: 'T-2',
      plan: 'QC-1',
      value: 1,
      unit: 'mm',
      serial: 'SN-1',
      quantity: 9,
      accepted: 1,
      rejected: 0
    })
    expect(sentence).toMatch(/^[A-Z0-9].*\.$/)
    expect(sentence).not.toMatch(/undefined|NaN|!|\b(invalid|failed|oops|please|error)\b/i)
  })

  it('names the reason of a hold as the plant does, and the stop rule’s even where the plant has no word', () => {
    expect(holdWords({ reason: 'PARTS', note: 'Reel 3' }, [{ code: 'PARTS', name: 'Suspect parts' }])).toBe(
      'Suspect parts: Reel 3'
    )
    expect(holdWords({ reason: 'DEFECTS' }, [])).toBe('Too many defects')
  })
})
