import { describe, expect, it } from 'vitest'
import { asleep, type Effect, knownTo, type State, step, type SyncEvent } from './engine.ts'
import type { PullReply, PushReply, Verdict } from './protocol.ts'

const odds = { dice: 0.5, pulse: 5000, patience: 8000 }
const cursor = { epoch: 'e1', seq: 10, scopes: ['site'] }
const start: SyncEvent = { event: 'start', cursor, epoch: 'e1' }

/** Runs events one after another and answers the last state and the effects of the last step. */
const run = (...events: SyncEvent[]): { state: State; effects: readonly Effect[] } => {
  let last: { state: State; effects: readonly Effect[] } = { state: asleep, effects: [] }
  for (const event of events) last = step(last.state, event, odds)
  return last
}

const pushed = (verdicts: Verdict[], epoch = 'e1', chain = 'c'): SyncEvent => ({
  event: 'pushed',
  chain,
  reply: { batch: 'b', epoch, head: 12, time: 0, root: 'r', verdicts } satisfies PushReply
})
const pulled = (more: Partial<PullReply> = {}): SyncEvent => ({
  event: 'pulled',
  reply: { epoch: 'e1', scopes: ['site'], from: 10, to: 12, head: 12, time: 0, rows: [], more: false, ...more }
})
const lost = (why: 'unreachable' | 'busy' | 'denied' | 'broken' | 'epoch', after?: number): SyncEvent => ({
  event: 'lost',
  why,
  ...(after === undefined ? {} : { after })
})
const empty: SyncEvent = { event: 'empty' }
const stored: SyncEvent = { event: 'stored' }
const timer: SyncEvent = { event: 'timer' }

describe('the sync engine', () => {
  it('pushes first when it starts, and pulls when nothing is left to push', () => {
    expect(run(start).effects).toEqual([{ do: 'push', limit: 200 }])
    expect(run(start, empty).effects).toEqual([{ do: 'pull', epoch: 'e1', after: 10 }])
  })

  it('stores the verdicts before it pushes the next batch', () => {
    const after = run(
      start,
      pushed([
        { id: 'a', verdict: 'applied', seq: 11 },
        { id: 'b', verdict: 'refused', code: 'no' }
      ])
    )
    expect(after.effects).toEqual([
      {
        do: 'settle',
        settlement: {
          epoch: 'e1',
          time: 0,
          witnessed: { seq: 12, root: 'r' },
          marks: [
            { id: 'a', state: 'acked', seq: 11 },
            { id: 'b', state: 'refused', codes: ['no'] }
          ]
        }
      }
    ])
    expect(step(after.state, stored, odds).effects).toEqual([{ do: 'push', limit: 200 }])
  })

  it('rests after a push that was all that is new, and pulls at the next pulse', () => {
    const own = pushed([
      { id: 'a', verdict: 'applied', seq: 11 },
      { id: 'b', verdict: 'applied', seq: 12 }
    ])
    const rested = run(start, own, stored, empty)
    expect([rested.state.at, knownTo(rested.state)]).toEqual(['idle', 12])
    expect(rested.effects).toEqual([{ do: 'wait', ms: 5000 }])
    expect(run(start, own, stored, empty, timer, empty).effects).toEqual([{ do: 'pull', epoch: 'e1', after: 10 }])
  })

  it.each<[string, Verdict[], string?]>([
    ['somebody else wrote as well', [{ id: 'a', verdict: 'applied', seq: 12 }]],
    [
      'the office had it already',
      [
        { id: 'a', verdict: 'duplicate', seq: 11 },
        { id: 'b', verdict: 'applied', seq: 12 }
      ]
    ],
    [
      'it was flagged',
      [
        { id: 'a', verdict: 'applied', seq: 11 },
        { id: 'b', verdict: 'flagged', seq: 12, codes: [] }
      ]
    ],
    [
      'the log is another',
      [
        { id: 'a', verdict: 'applied', seq: 11 },
        { id: 'b', verdict: 'applied', seq: 12 }
      ],
      'e2'
    ]
  ])('does not rest when %s', (_, verdicts, epoch) => {
    expect(run(start, pushed(verdicts, epoch), stored, empty).effects).toEqual([{ do: 'pull', epoch: 'e1', after: 10 }])
  })

  it('lets own events lie unpulled only so often', () => {
    const events: SyncEvent[] = [start]
    for (let i = 1; i <= 17; i += 1) {
      const reply = { batch: 'b', epoch: 'e1', head: 10 + i, time: 0, root: 'r' }
      const verdicts: Verdict[] = [{ id: `${i}`, verdict: 'applied', seq: 10 + i }]
      events.push({ event: 'pushed', chain: 'c', reply: { ...reply, verdicts } }, stored, empty)
      if (i <= 16) events.push({ event: 'wake', why: 'hint' })
    }
    expect(run(...events).effects).toEqual([{ do: 'pull', epoch: 'e1', after: 10 }])
    expect(run(...events.slice(0, -4)).state.at).toBe('idle')
  })

  it('does not pull after a push that nobody answered, so that nothing is counted twice', () => {
    const after = run(start, lost('unreachable'))
    expect(after.state.at).toBe('waiting')
    expect(step(after.state, timer, odds).effects).toEqual([{ do: 'push', limit: 200 }])
  })

  it('pulls after a push that was answered with a problem', () => {
    expect(run(start, lost('broken')).effects).toEqual([{ do: 'pull', epoch: 'e1', after: 10 }])
  })

  it('backs off longer and longer with jitter, never beyond its patience', () => {
    let state = run(start).state
    const waits: number[] = []
    for (let i = 0; i < 8; i += 1) {
      const next = step(state, lost('unreachable'), { ...odds, dice: 1 })
      const [effect] = next.effects
      if (effect?.do === 'wait') waits.push(effect.ms)
      state = step(next.state, timer, odds).state
    }
    expect(waits).toEqual([1050, 2050, 4050, 8050, 8050, 8050, 8050, 8050])
  })

  it('waits at least as long as the office asks for', () => {
    const [effect] = run(start, lost('busy', 7000)).effects
    expect(effect).toEqual({ do: 'wait', ms: 7000 })
  })

  it('keeps everything when it is denied, and asks again', () => {
    const after = run(start, lost('denied'))
    expect(after.effects.map(one => one.do)).toEqual(['wait'])
    expect(step(after.state, timer, odds).effects).toEqual([{ do: 'push', limit: 200 }])
  })

  it('does not let a commit cut a pause short, but the return of the network does', () => {
    const { state } = run(start, lost('unreachable'))
    expect(step(state, { event: 'wake', why: 'hint' }, odds).effects).toEqual([])
    expect(step(state, { event: 'wake', why: 'resume' }, odds).effects).toEqual([{ do: 'push', limit: 200 }])
  })

  it('remembers a commit that came while it was busy', () => {
    const after = run(start, empty, { event: 'wake', why: 'hint' }, pulled(), stored)
    expect(after.effects).toEqual([{ do: 'push', limit: 200 }])
  })

  it('applies rows and cursor as one effect and rests', () => {
    const after = run(start, empty, pulled())
    expect(after.effects).toEqual([
      { do: 'apply', page: { rows: [], cursor: { epoch: 'e1', seq: 12, scopes: ['site'] }, first: false, last: true } }
    ])
    const rest = step(after.state, stored, odds)
    expect(rest.state.at).toBe('idle')
    expect(rest.effects).toEqual([{ do: 'wait', ms: 5000 }])
  })

  it('pulls page after page until the head', () => {
    const after = run(start, empty, pulled({ more: true }), stored)
    expect(after.effects).toEqual([{ do: 'pull', epoch: 'e1', after: 12 }])
  })

  it('drops a page that does not begin at its cursor', () => {
    expect(run(start, empty, pulled({ from: 3 })).state.at).toBe('waiting')
    expect(run(start, empty, pulled({ from: 3 })).state.memory.cursor.seq).toBe(10)
  })

  it('begins again from nothing when its scopes change', () => {
    const after = run(start, empty, pulled({ scopes: ['site', 'floor'] }))
    expect(after.effects).toEqual([{ do: 'pull', epoch: '', after: 0 }])
    const page = step(after.state, pulled({ from: 0, scopes: ['site', 'floor'] }), odds).effects[0]
    expect(page).toMatchObject({ do: 'apply', page: { first: true, last: true } })
  })

  it('sends again what a restored office may have forgotten, then rebuilds the cache', () => {
    const after = run(start, empty, pulled({ epoch: 'e2', common: 4 }))
    expect(after.effects).toEqual([
      { do: 'settle', settlement: { epoch: 'e2', time: 0, marks: [], repair: { do: 'resend-since', seq: 4 } } }
    ])
    const next = step(after.state, stored, odds)
    expect(next.effects).toEqual([{ do: 'push', limit: 200 }])
    expect(step(next.state, empty, odds).effects).toEqual([{ do: 'pull', epoch: '', after: 0 }])
  })

  it('notices another epoch in the answer to a push as well', () => {
    const { effects } = run(start, pushed([{ id: 'a', verdict: 'applied', seq: 3 }], 'e2'))
    expect(effects[0]).toMatchObject({ settlement: { repair: { do: 'resend-since', seq: 0 } } })
  })

  it('sends again what all its chains hold when a restored office only sees a hole in one', () => {
    const { effects } = run(start, pushed([{ id: 'a', verdict: 'gap', expect: 2 }], 'e2'))
    expect(effects[0]).toMatchObject({ settlement: { epoch: 'e2', repair: { do: 'resend-since', seq: 0 } } })
  })

  it('goes back to the number that the office expects, once, and then on without it', () => {
    const gap: Verdict = { id: 'b', verdict: 'gap', expect: 4 }
    const first = run(start, pushed([gap]))
    expect(first.effects[0]).toMatchObject({ settlement: { repair: { do: 'resend', chain: 'c', from: 4 } } })
    const second = step(step(first.state, stored, odds).state, pushed([gap]), odds)
    expect(second.effects[0]).toMatchObject({ settlement: { repair: { do: 'rechain', from: 'b' } } })
  })

  it('takes a chain of its own when another tablet holds its number', () => {
    const { effects } = run(
      start,
      pushed([
        { id: 'a', verdict: 'applied', seq: 3 },
        { id: 'b', verdict: 'fork', n: 2 }
      ])
    )
    expect(effects[0]).toMatchObject({ settlement: { repair: { do: 'rechain', from: 'b' } } })
  })

  it('halves the batch and at last holds one event, but only while the office is well otherwise', () => {
    let state = run(start).state
    const limits: number[] = []
    for (let i = 0; i < 11; i += 1) {
      for (const event of [lost('broken'), pulled({ from: state.memory.cursor.seq, to: 12 }), stored]) {
        const next = step(state, event, odds)
        state = next.state
        if (next.effects[0]?.do === 'settle') return expect(limits).toEqual([200, 200, 100, 50, 25, 12, 6, 3, 1])
      }
      limits.push(state.memory.limit)
      state = step(state, timer, odds).state
    }
    expect.unreachable('no event was held')
  })

  it('blames no event while the office can not even be pulled from', () => {
    let state = run(start).state
    for (let i = 0; i < 30; i += 1)
      for (const event of [lost('broken'), lost('broken'), timer]) state = step(state, event, odds).state
    expect(state.memory.limit).toBe(200)
    expect(state.memory.blame).toBe(0)
  })

  it('asks again when the disk would not take the answer', () => {
    const after = run(start, pushed([{ id: 'a', verdict: 'applied', seq: 3 }]), { event: 'unstored' })
    expect(after.state.at).toBe('waiting')
    const unread = run(start, empty, pulled(), { event: 'unstored' })
    expect(unread.state.memory.cursor.seq).toBe(10)
  })

  it('does not let the disk pay for a long silence of the office', () => {
    const silence = Array.from({ length: 20 }, () => [lost('unreachable'), timer]).flat()
    const after = run(start, ...silence, empty, pulled({ epoch: 'e2' }), { event: 'unstored' })
    expect(after.effects).toEqual([{ do: 'wait', ms: 50 + odds.patience * odds.dice }])
  })

  it('has an answer for every event in every state, and never leaves without a timer', () => {
    const states = [
      asleep,
      run(start).state,
      run(start, empty).state,
      run(start, empty, pulled()).state,
      run(start, empty, pulled(), stored).state,
      run(start, lost('unreachable')).state,
      run(start, pushed([])).state
    ]
    expect(new Set(states.map(state => state.at)).size).toBe(7)
    const events: SyncEvent[] = [
      start,
      { event: 'stop' },
      { event: 'wake', why: 'hint' },
      { event: 'wake', why: 'resume' },
      timer,
      empty,
      pushed([]),
      pulled(),
      lost('unreachable'),
      lost('broken'),
      stored,
      { event: 'unstored' }
    ]
    for (const state of states)
      for (const event of events) {
        const next = step(state, event, odds)
        const rests = next.state.at === 'idle' || next.state.at === 'waiting'
        if (rests && next.state.at !== state.at) expect(next.effects.map(one => one.do)).toEqual(['wait'])
        if (event.event === 'stop') expect(next.state.at).toBe('asleep')
      }
  })
})
