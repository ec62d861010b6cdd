import { describe, expect, it } from 'vitest'
import { virtualTime } from '#test/simulation/virtual-time.ts'
import { client, type ClientPorts, type Status } from './client.ts'
import type { Mark, Page } from './engine.ts'
import type { Answer, Question } from './exchange.ts'
import type { PushRequest } from './protocol.ts'

const h = 'a'.repeat(64)
const ok = (body: unknown): Answer => ({ answer: 'ok', body, response: new Response() })
const pulled = (after: number) =>
  ok({ epoch: 'e', scopes: [], from: after, to: after, head: after, time: 0, rows: [], more: false })

/** A client with two events to send, and an office that says what `answer` makes of the push. */
const desk = (answer: (push: PushRequest) => Answer) => {
  const time = virtualTime()
  const unsent = new Set(['a', 'b'])
  const marks: Mark[] = []
  const pages: Page[] = []
  const asked: Question[] = []
  const statuses: Status[] = []
  const offsets: number[] = []
  const office = async (question: Question): Promise<Answer> => {
    asked.push(question)
    if (question.path.startsWith('/v1/pull'))
      return pulled(Number(new URLSearchParams(question.path.split('?')[1]).get('after')))
    return answer(JSON.parse(String(question.body)) as PushRequest)
  }
  const ports: ClientPorts = {
    office: { ask: office, open: async () => undefined },
    queue: {
      batch: async () =>
        unsent.size > 0 ? { chain: 'c', nMax: 2, events: [...unsent].map(id => ({ id, h, body: '{}' })) } : undefined,
      settle: async settlement => {
        for (const mark of settlement.marks) {
          marks.push(mark)
          unsent.delete(mark.id)
        }
      },
      witnessed: async () => ({ seq: 3, root: 'r' })
    },
    shelf: { apply: async page => void pages.push(page) },
    device: () => 'd',
    newId: () => `batch-${asked.length}`,
    now: time.now,
    random: () => 0,
    timers: time.timers,
    visible: () => true,
    onStatus: status => void statuses.push(status),
    onClock: offset => void offsets.push(offset)
  }
  const one = client(ports)
  one.start({ cursor: { epoch: 'e', seq: 5, scopes: [] }, epoch: 'e' })
  return { one, time, unsent, marks, pages, asked, statuses, offsets }
}

const reply = (push: PushRequest, over: object = {}) => ({
  batch: push.batch,
  epoch: 'e',
  head: 7,
  time: 0,
  root: 'r2',
  verdicts: push.events.map(({ id }, i) => ({ id, verdict: 'applied', seq: 6 + i })),
  ...over
})

describe('the sync client', () => {
  it('sends what the wire asks for and believes a whole answer', async () => {
    const { one, time, marks, pages, asked, statuses } = desk(push => ok(reply(push)))
    await time.pass(10)
    expect(marks.map(mark => [mark.id, mark.seq])).toEqual([
      ['a', 6],
      ['b', 7]
    ])
    expect(JSON.parse(String(asked[0]?.body))).toEqual({
      protocol: 1,
      batch: 'batch-0',
      device: 'd',
      chain: 'c',
      epoch: 'e',
      nMax: 2,
      witnessed: { seq: 3, root: 'r' },
      events: [
        { id: 'a', h, body: '{}' },
        { id: 'b', h, body: '{}' }
      ]
    })
    expect(pages).toHaveLength(0)
    expect(statuses.at(-1)).toMatchObject({ reachable: true, heard: time.now() - 10, denied: false })
    // Nobody else wrote anything, so there was nothing to pull; the next pulse brings it.
    await time.pass(5_000)
    expect(pages).toHaveLength(1)
    one.stop()
  })

  it('takes the hint of its own push for no news, and one of somebody else’s for news', async () => {
    const hints: (() => void)[] = []
    const { one, time, asked } = desk(push => {
      for (const hint of hints) hint()
      return ok(reply(push))
    })
    hints.push(() => one.hint(7))
    await time.pass(10)
    one.hint(7)
    await time.pass(10)
    expect(asked.map(question => question.path)).toEqual(['/v1/push'])
    one.hint(8)
    await time.pass(10)
    expect(asked).toHaveLength(2)
    one.stop()
  })

  it('asks once, and not for ever, for a number that the office does not reach', async () => {
    const { one, time, asked } = desk(push => ok(reply(push)))
    await time.pass(10)
    one.hint(900)
    await time.pass(1_000)
    expect(asked).toHaveLength(2)
    one.stop()
  })

  it.each([
    ['names another batch', (push: PushRequest) => reply(push, { batch: 'batch-of-yesterday' })],
    [
      'leaves an event out',
      (push: PushRequest) => reply(push, { verdicts: [{ id: 'a', verdict: 'applied', seq: 6 }] })
    ],
    [
      'judges one event twice',
      (push: PushRequest) =>
        reply(push, {
          verdicts: [
            { id: 'a', verdict: 'applied', seq: 6 },
            { id: 'a', verdict: 'applied', seq: 7 }
          ]
        })
    ],
    [
      'judges an event of somebody else',
      (push: PushRequest) =>
        reply(push, {
          verdicts: [
            { id: 'a', verdict: 'applied', seq: 6 },
            { id: 'x', verdict: 'applied', seq: 7 }
          ]
        })
    ],
    [
      'uses a verdict that nobody knows',
      (push: PushRequest) => reply(push, { verdicts: push.events.map(({ id }) => ({ id, verdict: 'fine' })) })
    ],
    ['is something else altogether', () => ({ welcome: 'to the guest network' })]
  ])('believes no answer that %s, and pulls nothing after it', async (_, answer) => {
    const { one, time, unsent, marks, asked } = desk(push => ok(answer(push)))
    await time.pass(20_000)
    expect([marks, [...unsent]]).toEqual([[], ['a', 'b']])
    expect(asked.length).toBeGreaterThan(1)
    expect(asked.some(question => question.path.startsWith('/v1/pull'))).toBe(false)
    one.stop()
  })

  it('keeps everything when it is denied, and says so', async () => {
    const { one, time, unsent, statuses } = desk(() => ({
      answer: 'no',
      status: 401,
      code: 'unknown-device',
      message: '',
      hint: undefined,
      after: undefined
    }))
    await time.pass(60_000)
    expect([...unsent]).toEqual(['a', 'b'])
    expect(statuses.at(-1)).toMatchObject({ denied: true, heard: undefined })
    one.stop()
  })

  it('says in the office’s words why nothing is taken in, until something is', async () => {
    let away = true
    const { time, statuses, one } = desk(push =>
      away
        ? { answer: 'no', status: 503, code: 'busy', message: 'It is older.', hint: 'Tell them.', after: undefined }
        : ok(reply(push))
    )
    await time.pass(10_000)
    expect(statuses.at(-1)).toMatchObject({ reachable: true, heard: undefined, said: 'It is older. Tell them.' })
    away = false
    await time.pass(10_000)
    expect(statuses.at(-1)).toMatchObject({ reachable: true, said: '' })
    one.stop()
  })

  it('pulls at a hint only when the hint is news', async () => {
    const { one, time, asked } = desk(push => ok(reply(push)))
    await time.pass(10)
    const before = asked.length
    one.hint(5)
    await time.pass(10)
    expect(asked.length).toBe(before)
    one.hint(9)
    await time.pass(10)
    expect(asked.length).toBe(before + 1)
    one.stop()
  })

  it('measures how far the office’s clock is ahead', async () => {
    const { one, time, offsets } = desk(push => ok(reply(push, { time: Date.UTC(2026, 10, 22, 9) })))
    await time.pass(10)
    expect(offsets[0]).toBe(3_600_000)
    one.stop()
  })

  it('asks nothing more once it was stopped', async () => {
    const { one, time, asked } = desk(push => ok(reply(push)))
    await time.pass(10)
    one.stop()
    const before = asked.length
    await time.pass(120_000)
    expect([asked.length, one.state()]).toEqual([before, 'asleep'])
  })
})
