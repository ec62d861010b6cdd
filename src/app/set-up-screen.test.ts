import { describe, expect, it } from 'vitest'
import { missing } from './set-up-screen.tsx'

const whole = { site: 'Mill Lane', person: 'Ada', pin: '482913', again: '482913' }

describe('what is missing to set a plant up', () => {
  it('is nothing when all is there', () => {
    expect(missing(whole)).toBeUndefined()
  })

  it('is asked for one at a time, in the order of the page', () => {
    expect(missing({ ...whole, site: ' ', person: '' })).toBe('Give the plant a name first.')
    expect(missing({ ...whole, person: '' })).toBe('Write your name first.')
    expect(missing({ ...whole, pin: '12345' })).toBe('Choose a PIN of six digits.')
    expect(missing({ ...whole, again: '482914' })).toBe('The two PINs differ.')
  })
})
