/** Random stories: three tablets, one office, a line that does its worst. `--seeds N --from S` of `npm run test:sim`. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryOffice } from './office-memory.ts'
import { boxView, by, count, counted, goodLine, openToy, type Toy, toy } from './toy-tablets.ts'
import { virtualTime } from './virtual-time.ts'

const SEEDS = Number(process.env['SIM_SEEDS'] ?? 100)
const FROM = process.env['SIM_FROM']

const plant = () => ({ office: memoryOffice(toy.views, [counted]), time: virtualTime() })
const box = (one: Toy) => one.tablet.peek.get(boxView, 'A')
const recorded = async (one: Toy, by_: number) => {
  const answer = await one.tablet.act(count, { box: 'A', by: by_ }, by)
  if (!('done' in answer)) throw new Error(answer.refused)
  return answer.events
}

type Command =
  | { readonly do: 'record'; readonly on: number; readonly many: number }
  | { readonly do: 'line'; readonly on: number; readonly line: ReturnType<typeof goodLine> }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'kill'; readonly on: number }
  | { readonly do: 'restore'; readonly part: number }
  | { readonly do: 'scopes' }

const part = fc.constantFrom(0, 0.1, 0.5)
const on = fc.nat({ max: 2 })
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('record' as const), on, many: fc.integer({ min: 1, max: 12 }) })
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 15_000 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('line' as const),
      on,
      line: fc.record({
        down: fc.boolean(),
        loseRequest: part,
        loseReply: part,
        repeat: part,
        portal: part,
        slow: fc.constantFrom(0, 0.2)
      })
    })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), on }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('restore' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  },
  { weight: 1, arbitrary: fc.constant({ do: 'scopes' as const }) }
)

describe('three tablets on a bad line', () => {
  it(
    'lose nothing, double nothing and agree, whatever happens to the line, the tablets and the office',
    async () => {
      await fc.assert(fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 25 }), fc.nat(), story), {
        numRuns: SEEDS,
        ...(FROM === undefined ? {} : { seed: Number(FROM) })
      })
    },
    60_000 + SEEDS * 1000
  )
})

const story = async (commands: readonly Command[], seed: number): Promise<void> => {
  const { office, time } = plant()
  const toys: Toy[] = []
  for (let i = 0; i < 3; i += 1) toys.push(await openToy(office, time, seed + i))
  const ids: string[] = []
  let sum = 0
  const restored = commands.some(one => one.do === 'restore')
  for (const [at, one] of commands.entries()) {
    const toyOn = 'on' in one ? toys[one.on] : undefined
    if (one.do === 'pass') await time.pass(one.ms)
    else if (one.do === 'restore') office.restore(Math.floor(office.log.length * one.part))
    else if (one.do === 'scopes') office.scopes = office.scopes.length > 1 ? ['floor'] : ['site', 'floor']
    else if (!toyOn) continue
    else if (one.do === 'line') Object.assign(toyOn.line, one.line)
    else if (one.do === 'kill') {
      toyOn.tablet.close()
      toys[one.on] = await openToy(office, time, seed + at * 100, toyOn.disk, toyOn.line)
    } else
      for (let i = 0; i < one.many; i += 1) {
        sum += i + 1
        ids.push(...(await recorded(toyOn, i + 1)))
      }
    // Behind is allowed, more than was ever done is not. (For the seconds of a restore two epochs are mixed.)
    if (!restored)
      for (const { tablet } of toys) expect(tablet.peek.get(boxView, 'A')?.times ?? 0).toBeLessThanOrEqual(ids.length)
  }
  for (const one of toys) Object.assign(one.line, goodLine())
  // One deadline that was running, one pause, and the work itself.
  await time.pass(45_000)
  expect(office.log.map(event => event.id).sort()).toEqual(ids.toSorted())
  expect(office.aside.size).toBe(0)
  const all = ids.length > 0 ? { sum, times: ids.length } : undefined
  expect(office.views.get('toy/box\nA')?.view).toEqual(all)
  for (const one of toys) {
    expect(one.tablet.unsent.value).toBe(0)
    expect(box(one)).toEqual(all)
    one.tablet.close()
  }
}
