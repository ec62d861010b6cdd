/** Pushes that no sound tablet would send: each event gets its verdict, and nothing blocks what lies behind it. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Activity, lines } from '#kernel/activity.ts'
import type { Json } from '#kernel/canonical.ts'
import { guard } from '#kernel/decision.ts'
import { type Envelope, fact } from '#kernel/event.ts'
import { viewKind, when } from '#kernel/view.ts'
import { takeIn } from '#server/intake.ts'
import { type Office, openOffice, rebuild } from '#server/office.ts'
import { hashOf, type Sealed } from '#sync/chain.ts'
import type { Verdict } from '#sync/protocol.ts'
import { freshDatabase, type TestDatabase } from './postgres.ts'
import { boxView, counted, latched, ToyTablet, toy } from './toy-plant.ts'

/** A room whose rule and fold trip over what they did not expect. */
const tripped = fact('trap/tripped.v1', z.object({ where: z.string() }))
const traps = viewKind<{ where: string }>('trap/trap', 'floor', [
  when(
    tripped,
    p => p.where,
    (_was, p) => {
      if (p.where === 'fold') throw new TypeError('undefined is not a function')
      return { where: p.where }
    }
  )
])
const trap: Activity = {
  name: 'trap',
  events: lines(tripped),
  views: lines(traps),
  actions: [],
  reasons: {},
  guards: [
    guard(tripped, (_known, p) => {
      if (p.where === 'guard') throw new RangeError('out of range')
      return undefined
    })
  ]
}

const word = (one: Verdict): string => ('code' in one ? one.code : one.verdict)

describe('a push from a hostile or damaged tablet', () => {
  let database: TestDatabase
  let office: Office
  const push = async (tablet: ToyTablet, events: readonly Sealed[]) =>
    (await takeIn(office.log, office.intake, tablet.push(events))).verdicts
  const words = async (tablet: ToyTablet, events: readonly Sealed[]) => (await push(tablet, events)).map(word)
  const total = async (box: string) => (await office.known()).get(boxView, box)?.total
  const one = (tablet: ToyTablet, box: string) => tablet.seal(counted, { box, by: 1 })
  const rot = (event: Sealed): Sealed => ({ ...event, body: event.body.replace('"by"', '"bx"') })
  /** Sends until nothing is asked for again, as a tablet does; answers what became of the last event. */
  const drain = async (tablet: ToyTablet, events: readonly Sealed[]): Promise<string[]> => {
    const settled = new Map<string, string>()
    for (let round = 0; round < events.length + 3; round++) {
      const left = events.filter(event => !settled.has(event.h))
      if (left.length === 0) break
      const verdicts = await push(tablet, left)
      for (const [i, verdict] of verdicts.entries())
        if (verdict.verdict !== 'gap' && verdict.verdict !== 'fork') settled.set(left[i]?.h ?? '', word(verdict))
    }
    return events.map(event => settled.get(event.h) ?? 'stuck')
  }

  beforeAll(async () => {
    database = await freshDatabase()
    const made = await openOffice({
      dataDir: '',
      databaseUrl: database.url,
      found: { site: 'main', name: 'Toy', sample: false },
      activities: [toy, trap]
    })
    office = { ...made, intake: { ...made.intake, flag: { ...counted, type: 'toy/flagged.v1' } } }
  })
  afterAll(async () => {
    await office.close()
    await database.close()
  })

  for (const [name, damaged] of Object.entries({
    'in the middle': [1],
    first: [0],
    last: [3],
    'twice in a row': [1, 2],
    'first and twice': [0, 1],
    all: [0, 1, 2, 3]
  }))
    it(`goes on behind damaged bytes: ${name}`, async () => {
      const tablet = new ToyTablet()
      const events = [0, 1, 2, 3]
        .map(() => one(tablet, `rot ${name}`))
        .map((event, i) => (damaged.includes(i) ? rot(event) : event))
      const behind = one(tablet, `rot ${name}`)
      const expected = [0, 1, 2, 3].map(i => (damaged.includes(i) ? 'wrong-hash' : 'applied'))
      expect(await drain(tablet, events)).toEqual(expected)
      expect(await drain(tablet, [behind])).toEqual(['applied'])
      expect(await total(`rot ${name}`)).toBe(5 - damaged.length)
    })

  it('does not put damaged bytes over a hole when their number stands beside them', async () => {
    const tablet = new ToyTablet()
    const events = [0, 1, 2, 3].map(() => one(tablet, 'hole'))
    const [first, lost, ...rest] = events
    if (!first || !lost) throw new Error('four events were made')
    const damaged = rest.map(rot)
    expect(await words(tablet, [first])).toEqual(['applied'])
    // Only damaged bytes arrive; the second event is not among them, and its place is kept.
    const numbered = damaged.map(({ id, h, body, n }) => ({ id, h, body, n }))
    const { verdicts } = await takeIn(office.log, office.intake, { ...tablet.push([]), events: numbered })
    expect(verdicts).toEqual(damaged.map(({ id }) => ({ id, verdict: 'gap', expect: 2 })))
    expect(await words(tablet, [lost, ...damaged])).toEqual(['applied', 'wrong-hash', 'wrong-hash'])
    expect(await words(tablet, [one(tablet, 'hole')])).toEqual(['applied'])
    expect(await total('hole')).toBe(3)
  })

  it('takes damaged bytes of an older tablet, which names no numbers, as the next', async () => {
    const tablet = new ToyTablet()
    expect(await words(tablet, [rot(one(tablet, 'old'))])).toEqual(['wrong-hash'])
    expect(await words(tablet, [one(tablet, 'old')])).toEqual(['applied'])
  })

  it('goes on behind a hash that was damaged instead of the bytes', async () => {
    const tablet = new ToyTablet()
    const events = [one(tablet, 'h'), { ...one(tablet, 'h'), h: 'f'.repeat(64) }, one(tablet, 'h')]
    expect(await drain(tablet, events)).toEqual(['applied', 'wrong-hash', 'applied'])
    expect(await drain(tablet, [one(tablet, 'h')])).toEqual(['applied'])
  })

  it('takes the record itself when it comes after damaged bytes under its hash, and links on to it', async () => {
    const tablet = new ToyTablet()
    const events = [one(tablet, 'mended'), one(tablet, 'mended'), one(tablet, 'mended')]
    const [first, second, third] = events
    if (!first || !second || !third) throw new Error('three were made')
    expect(await words(tablet, [first, rot(second), rot(third)])).toEqual(['applied', 'wrong-hash', 'wrong-hash'])
    expect(await words(tablet, [rot(third), third, second])).toEqual(['known-already', 'applied', 'applied'])
    expect(await words(tablet, events)).toEqual(['duplicate', 'duplicate', 'duplicate'])
    expect(await words(tablet, [one(tablet, 'mended')])).toEqual(['applied'])
    expect(await total('mended')).toBe(4)
  })

  it('keeps the record itself beside its damaged bytes when it can’t be part of the log', async () => {
    const tablet = new ToyTablet()
    const events = [
      one(tablet, 'both'),
      tablet.seal({ type: 'toy/of-tomorrow.v1' }, {}),
      tablet.seal(latched, { box: 'both', shut: true })
    ]
    await push(
      tablet,
      events.map(event => ({ ...event, body: event.body.replace('"payload"', '"paylord"') }))
    )
    const late = await takeIn(office.log, office.intake, tablet.push(events.slice(0, 1)), 'revoked')
    expect(late.verdicts.map(word)).toEqual(['revoked-device'])
    expect(await words(tablet, events)).toEqual(['known-already', 'unknown-type', 'ask-the-office'])
    expect(await words(tablet, events)).toEqual(['known-already', 'known-already', 'known-already'])
    expect(await words(tablet, [one(tablet, 'both')])).toEqual(['applied'])
    const kept = await office.sql<
      { body: Buffer }[]
    >`SELECT body FROM set_aside WHERE chain = ${tablet.chain} ORDER BY q`
    expect(kept.slice(3).map(({ body }) => body.toString())).toEqual(events.map(({ body }) => body))
    expect(await total('both')).toBe(1)
  })

  it('does not lose the record when damaged bytes under its hash were given another number', async () => {
    const tablet = new ToyTablet()
    const events = [one(tablet, 'guess'), one(tablet, 'guess')]
    const [first, second] = events
    if (!first || !second) throw new Error('two were made')
    // An older tablet, which says no numbers: the office takes them for the next.
    expect(await words(tablet, [rot(second)])).toEqual(['wrong-hash'])
    expect((await push(tablet, [second])).map(v => v.verdict)).toEqual(['applied'])
    expect((await push(tablet, [first])).map(v => v.verdict)).toEqual(['fork'])
    expect(await total('guess')).toBe(1)
  })

  it('judges what stands for a hash and is none by itself, and knows the record again', async () => {
    const tablet = new ToyTablet()
    const events = [one(tablet, 'torn'), one(tablet, 'torn'), one(tablet, 'torn')]
    const [first, second, third] = events
    if (!first || !second || !third) throw new Error('three were made')
    const torn = { ...second, h: `${second.h.slice(0, 20)}\0É`, n: 2.5 }
    expect(await words(tablet, [first, torn, third])).toEqual(['applied', 'wrong-hash', 'applied'])
    expect(await words(tablet, [first, torn, third])).toEqual(['duplicate', 'known-already', 'duplicate'])
    expect(await words(tablet, [second])).toEqual(['applied'])
    expect(await words(tablet, [torn])).toEqual(['duplicate'])
    expect(await total('torn')).toBe(3)
  })

  it('uses no number twice when a damaged copy comes of what it has', async () => {
    const tablet = new ToyTablet()
    const events = [one(tablet, 'copy'), one(tablet, 'copy')]
    await push(tablet, events)
    const [first, second] = events
    if (!first || !second) throw new Error('two were made')
    const spoiled = { ...rot(first), h: 'e'.repeat(64) }
    expect(await words(tablet, [spoiled, second])).toEqual(['wrong-hash', 'duplicate'])
    expect(await words(tablet, [spoiled])).toEqual(['known-already'])
    expect(await drain(tablet, [one(tablet, 'copy')])).toEqual(['applied'])
  })

  it('does not let damaged bytes hide a hole', async () => {
    const tablet = new ToyTablet()
    const events = [one(tablet, 'hole'), one(tablet, 'hole'), rot(one(tablet, 'hole')), one(tablet, 'hole')]
    expect((await push(tablet, events.slice(2))).map(v => v.verdict)).toEqual(['gap', 'gap'])
    expect(await drain(tablet, events)).toEqual(['applied', 'applied', 'wrong-hash', 'applied'])
  })

  it('answers each of these for itself, and applies what comes behind', async () => {
    const nest = (depth: number): Json => (depth === 0 ? 1 : [nest(depth - 1)])
    const asked: Record<string, [(tablet: ToyTablet) => Sealed, string]> = {
      nul: [t => t.seal(counted, { box: 'a\0b', by: 1 }), 'unstorable-text'],
      'NUL in a name': [t => t.seal(counted, { box: 'a', by: 1, 'k\0': 1 }), 'unstorable-text'],
      'half a surrogate': [t => replaced(t, t.seal(counted, { box: '@@', by: 1 }), '@@', '\\ud800'), 'unstorable-text'],
      deep: [t => t.seal(counted, { box: 'a', by: 1, more: nest(20) }), 'too-deep'],
      huge: [t => t.seal(counted, { box: 'a', by: 1, more: 'ü'.repeat(140_000) }), 'too-large'],
      'not JSON': [t => replaced(t, one(t, 'a'), '{', '<'), 'not-json'],
      'an array': [t => whole(t, one(t, 'a'), '[1,2]'), 'wrong-envelope'],
      null: [t => whole(t, one(t, 'a'), 'null'), 'wrong-envelope'],
      'a number beyond all': [t => replaced(t, one(t, 'a'), '"by":1', '"by":1e400'), 'wrong-payload'],
      'a number below one': [t => t.seal(counted, { box: 'a', by: 1 }, { n: -7 }), 'wrong-envelope'],
      'no time': [
        t => t.seal(counted, { box: 'a', by: 1 }, { at: { wall: 'yesterday', mono: 1, offset: null } }),
        'wrong-envelope'
      ],
      'another site': [t => t.seal(counted, { box: 'a', by: 1 }, { site: 'theirs' }), 'wrong-sender'],
      'another tablet': [t => t.seal(counted, { box: 'a', by: 1 }, { device: randomUUID() }), 'wrong-sender'],
      'another chain': [t => t.seal(counted, { box: 'a', by: 1 }, { chain: randomUUID() }), 'wrong-sender'],
      'the office’s hand': [
        t => t.seal(counted, { box: 'a', by: 1 }, { actor: { person: 'office', session: '', method: 'system' } }),
        'wrong-actor'
      ],
      'an unknown type': [t => t.seal({ type: 'toy/counted.v2' }, { box: 'a', by: 1 }), 'unknown-type'],
      'a type of JavaScript': [t => t.seal({ type: '__proto__' }, {}), 'unknown-type'],
      'a payload of JavaScript': [
        t => replaced(t, one(t, 'a'), '{"box"', '{"__proto__":{"box":"x"},"bax"'),
        'wrong-payload'
      ],
      'a decision': [t => t.seal(latched, { box: 'a', shut: true }), 'ask-the-office'],
      'a key too long to index': [
        t => t.seal(counted, { box: [...Array(4000).keys()].join(''), by: 1 }),
        'not-applicable'
      ],
      'a rule that trips': [t => t.seal(tripped, { where: 'guard' }), 'not-applicable'],
      'a fold that trips': [t => t.seal(tripped, { where: 'fold' }), 'not-applicable']
    }
    const tablet = new ToyTablet()
    const events: Sealed[] = []
    for (const [make] of Object.values(asked)) {
      const n = tablet.n
      events.push(make(tablet))
      tablet.n = n + 1
      events.push(one(tablet, 'between'))
    }
    const found = await drain(tablet, events)
    expect(Object.fromEntries(Object.keys(asked).map((name, i) => [name, found[2 * i]]))).toEqual(
      Object.fromEntries(Object.entries(asked).map(([name, [, code]]) => [name, code]))
    )
    expect(found.filter((_, i) => i % 2 === 1).every(one => one === 'applied')).toBe(true)
    expect(await total('between')).toBe(Object.keys(asked).length)
  })

  it('takes each id once in one push, whatever it says the second time', async () => {
    const tablet = new ToyTablet()
    const first = one(tablet, 'id')
    const other = tablet.seal(counted, { box: 'id', by: 90 }, { id: first.id })
    expect(await words(tablet, [first, first, other])).toEqual(['applied', 'duplicate', 'id-used-twice'])
    expect(await total('id')).toBe(1)
  })

  it('knows a record again that a tablet sealed anew, and sets aside one that only borrows its id', async () => {
    const before = new ToyTablet()
    const first = one(before, 'moved')
    const [taken] = await push(before, [first])
    // Its answer was lost; the tablet is enrolled anew and goes on under another name, in another chain.
    const { device, chain, n, prev, ...said } = JSON.parse(first.body) as Envelope
    const after = new ToyTablet()
    const again = after.seal(counted, said.payload, { ...said, was: [{ chain, n }] })
    const next = one(after, 'moved')
    expect(await push(after, [again, next])).toMatchObject([{ ...taken, verdict: 'duplicate' }, { verdict: 'applied' }])
    expect(await words(after, [again, next])).toEqual(['duplicate', 'duplicate'])
    expect(await total('moved')).toBe(2)
    expect(await words(after, [after.seal(counted, { box: 'moved', by: 9 }, { id: said.id })])).toEqual([
      'id-used-twice'
    ])
    const other = { ...said.actor, person: 'P-002' }
    expect(await words(after, [after.seal(counted, said.payload, { ...said, actor: other })])).toEqual([
      'id-used-twice'
    ])
    expect(await total('moved')).toBe(2)
    expect(device).not.toBe(after.device)
    expect(prev).toBe('')
  })

  it('does not let a tablet write on the chain of another', async () => {
    const ana = new ToyTablet()
    await push(ana, [one(ana, 'mine')])
    const mallory = new ToyTablet()
    Object.assign(mallory, { chain: ana.chain, n: ana.n, prev: ana.prev })
    expect((await push(mallory, [one(mallory, 'mine')])).map(v => v.verdict)).toEqual(['fork'])
    expect(await words(ana, [one(ana, 'mine')])).toEqual(['applied'])
  })

  it('gives a push and its repetition in the same moment the same answer', async () => {
    const tablet = new ToyTablet()
    const events = [one(tablet, 'twin'), rot(one(tablet, 'twin')), one(tablet, 'twin')]
    const answers = await Promise.all([push(tablet, events), push(tablet, events), push(tablet, events)])
    expect(answers.map(verdicts => verdicts.map(v => v.verdict))).toEqual([
      ['applied', 'quarantined', 'applied'],
      ['duplicate', 'quarantined', 'duplicate'],
      ['duplicate', 'quarantined', 'duplicate']
    ])
    expect(await total('twin')).toBe(2)
  })

  it('lets a push that PostgreSQL refuses spoil nobody else’s', async () => {
    const bad = new ToyTablet()
    const good = Array.from({ length: 8 }, () => new ToyTablet())
    const results = await Promise.allSettled([
      ...good.slice(0, 4).map(tablet => push(tablet, [one(tablet, 'spoil')])),
      office.log.write(work => work.tx`SELECT 1 / 0`),
      takeIn(office.log, office.intake, { ...bad.push([one(bad, 'spoil')]), chain: 'a\0b' }),
      ...good.slice(4).map(tablet => push(tablet, [one(tablet, 'spoil')]))
    ])
    expect(results.map(result => result.status)).toEqual([
      ...Array(4).fill('fulfilled'),
      'rejected',
      'rejected',
      ...Array(4).fill('fulfilled')
    ])
    expect(await total('spoil')).toBe(8)
  })

  it('keeps what a revoked tablet sends and lets it change nothing', async () => {
    const tablet = new ToyTablet()
    const { verdicts } = await takeIn(
      office.log,
      office.intake,
      tablet.push([one(tablet, 'gone'), one(tablet, 'gone')]),
      'revoked'
    )
    expect(verdicts.map(word)).toEqual(['revoked-device', 'revoked-device'])
    expect(await total('gone')).toBeUndefined()
    const [kept] = await office.sql<
      { n: number }[]
    >`SELECT count(*)::int AS n FROM set_aside WHERE chain = ${tablet.chain}`
    expect(kept?.n).toBe(2)
  })

  it('bears numbers that no table holds', async () => {
    const tablet = new ToyTablet()
    const event = one(tablet, 'many')
    const { verdicts } = await takeIn(office.log, office.intake, {
      ...tablet.push([event]),
      nMax: Number.MAX_SAFE_INTEGER
    })
    expect(verdicts.map(word)).toEqual(['applied'])
    expect(await words(tablet, [tablet.seal(counted, { box: 'many', by: 1 }, { n: Number.MAX_SAFE_INTEGER })])).toEqual(
      ['gap']
    )
  })

  it('has a log that folds to what is kept, after all of this', async () => {
    const made = await rebuild(office, lines(boxView, traps))
    const kept = (await office.known()).list(boxView)
    expect(made.get(boxView.name)).toEqual(new Map(kept))
  })
})

/** An event of other bytes, with the hash that fits them. */
const whole = (tablet: ToyTablet, event: Sealed, body: string): Sealed => {
  tablet.prev = hashOf(body)
  return { ...event, body, h: tablet.prev }
}
const replaced = (tablet: ToyTablet, event: Sealed, from: string, to: string): Sealed =>
  whole(tablet, event, event.body.replace(from, to))
