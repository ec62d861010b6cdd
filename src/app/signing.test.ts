import { describe, expect, it } from 'vitest'
import { PROVEN, type Session, signing, type SignInAnswer } from './signing.ts'

const names: Readonly<Record<string, string>> = { 'P-001': 'Ana', 'P-002': 'Ines' }

const tablet = (kept: Record<string, string> = {}) => {
  const state = { now: 0, used: undefined as Session | undefined }
  const signIn = async (person: string, pin: string): Promise<SignInAnswer> =>
    pin === '111111'
      ? { signedIn: { person, session: `s-${person}`, method: 'badge-pin' } }
      : { refused: 'wrong-pin', left: 1 }
  const desk = signing({
    signIn,
    who: person => (names[person] ? { name: names[person], roles: ['operator'] } : undefined),
    use: session => {
      state.used = session
    },
    now: () => state.now,
    slots: {
      getItem: key => kept[key] ?? null,
      setItem: (key, value) => {
        kept[key] = value
      }
    }
  })
  return { desk, state, kept }
}

describe('signing in', () => {
  it('starts with nobody and shows the sign-in', () => {
    const { desk } = tablet()
    expect(desk.person.value).toBeUndefined()
    expect(desk.shown.value).toBe(true)
  })

  it('lets a person in by PIN and tells the device who acts', async () => {
    const { desk, state } = tablet()
    expect(await desk.check('P-001', '111111')).toBeUndefined()
    expect(desk.person.value).toEqual({ person: 'P-001', name: 'Ana', roles: ['operator'], verified: true })
    expect(desk.shown.value).toBe(false)
    expect(state.used?.session).toBe('s-P-001')
  })

  it('says how many tries are left and keeps who was there', async () => {
    const { desk } = tablet()
    await desk.check('P-001', '111111')
    expect(await desk.check('P-002', '222222')).toBe('That is not the PIN. One more try.')
    expect(desk.person.value?.person).toBe('P-001')
  })

  it('asks for the PIN at the first badge and switches at once after it', async () => {
    const { desk, state } = tablet()
    await desk.check('P-001', '111111')
    expect(desk.badge('P-002')).toBe(false)
    expect(desk.asked.value).toBe('P-002')
    await desk.check('P-002', '111111')
    expect(desk.badge('P-001')).toBe(true)
    expect(state.used?.person).toBe('P-001')
  })

  it('asks for the PIN again after twelve hours', async () => {
    const { desk, state } = tablet()
    await desk.check('P-001', '111111')
    desk.lock()
    state.now = PROVEN - 1
    expect(desk.badge('P-001')).toBe(true)
    desk.lock()
    state.now = PROVEN
    expect(desk.badge('P-001')).toBe(false)
  })

  it('takes away who acts when it locks, and staying is not a way in', async () => {
    const { desk, state } = tablet()
    await desk.check('P-001', '111111')
    desk.lock()
    desk.stay()
    expect(state.used).toBeUndefined()
    expect(desk.shown.value).toBe(true)
  })

  it('does not let in somebody who is no longer known', async () => {
    const { desk } = tablet()
    expect(await desk.check('P-009', '111111')).toContain('not in use')
    expect(desk.person.value).toBeUndefined()
  })

  it('remembers the last people, newest first, also after a start', async () => {
    const { desk, kept } = tablet()
    await desk.check('P-001', '111111')
    await desk.check('P-002', '111111')
    expect(tablet(kept).desk.recent.value).toEqual(['P-002', 'P-001'])
    expect(tablet({ 'jobcard-recent-people': '{broken' }).desk.recent.value).toEqual([])
  })
})
