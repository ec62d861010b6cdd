import { describe, expect, it } from 'vitest'
import { codeOf, fromHash } from './enrolling.ts'

describe('the code of an enrolment', () => {
  it('comes with the address, in either spelling', () => {
    expect(fromHash('#enroll=AB23CD45EF')).toEqual({ enrol: 'AB23CD45EF' })
    expect(fromHash('#enrol=AB23CD45EF')).toEqual({ enrol: 'AB23CD45EF' })
    expect(fromHash('#setup=AB23CD45EF')).toEqual({ setUp: 'AB23CD45EF' })
  })

  it('is not found in any other address', () => {
    expect(fromHash('')).toEqual({})
    expect(fromHash('#enroll=<script>')).toEqual({})
    expect(fromHash('#top')).toEqual({})
  })

  it('is read from a scanned link or from the bare code', () => {
    expect(codeOf('http://10.0.0.5:8080/#enroll=AB23CD45EF')).toBe('AB23CD45EF')
    expect(codeOf('ab23cd45ef ')).toBe('AB23CD45EF')
    expect(codeOf('WO-0012-30')).toBeUndefined()
    expect(codeOf('AB23CD450F')).toBeUndefined()
  })
})
