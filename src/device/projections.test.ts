import { effect } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import type { When } from '#kernel/view.ts'
import { boxView, counted, toy } from '#test/simulation/toy-tablets.ts'
import { type Own, projections } from './projections.ts'

const own = (id: string, by: number, state: Own['state'] = 'unsent', seq?: number): Own => ({
  id,
  state,
  ...(seq === undefined ? {} : { seq }),
  body: JSON.stringify({
    id,
    type: counted.type,
    payload: { box: 'A', by },
    actor: { person: 'P' },
    device: 'd',
    at: { wall: '' }
  })
})
const row = (seq: number, sum: number, key = 'A') => ({ kind: 'toy/box', key, seq, view: { sum, times: 1 } })
const cursor = (seq: number) => ({ epoch: 'e', seq, scopes: [] })
const sum = (views: ReturnType<typeof projections>) => views.peek.get(boxView, 'A')?.sum

describe('what a tablet knows', () => {
  it('is the confirmed view and its own events over it, in order', () => {
    const views = projections(toy.views)
    views.load(cursor(5), [row(5, 10)])
    views.take([own('a', 1), own('b', 2)])
    expect(sum(views)).toBe(13)
  })

  it('folds a view once for a handful of its events, however many they are', () => {
    let folds = 0
    const counting = (line: When<unknown>): When<unknown> => ({
      ...line,
      fold: (...given) => {
        folds += 1
        return line.fold(...given)
      }
    })
    const views = projections(toy.views.map(kind => ({ ...kind, on: kind.on.map(counting) })))
    views.load(cursor(5), [row(5, 10)])
    views.take([own('a', 1), own('b', 2), own('c', 3), own('d', 4)])
    expect(sum(views)).toBe(20)
    expect(folds).toBe(4)
  })

  it('stops folding an event once the cursor covers it', () => {
    const views = projections(toy.views)
    views.load(cursor(5), [row(5, 10)])
    views.take([own('a', 1)])
    views.take([own('a', 1, 'acked', 6)])
    expect(sum(views)).toBe(11)
    views.apply({ rows: [row(6, 11)], cursor: cursor(6), first: false, last: true }, [])
    expect(sum(views)).toBe(11)
  })

  it('tells the screen once of an event, although it is folded, answered and sent back', () => {
    const views = projections(toy.views)
    views.load(cursor(5), [row(5, 10)])
    const heard: unknown[] = []
    const listed: number[] = []
    effect(() => void heard.push(views.known.get(boxView, 'A')?.sum))
    effect(() => void listed.push(views.known.list(boxView).length))
    views.take([own('a', 1)])
    views.take([own('a', 1, 'acked', 6)])
    views.apply(
      { rows: [{ ...row(6, 11), view: { times: 2, sum: 11 } }], cursor: cursor(6), first: false, last: true },
      []
    )
    expect(heard).toEqual([10, 11])
    expect(listed).toEqual([1, 1])
    views.apply({ rows: [row(7, 20)], cursor: cursor(7), first: false, last: true }, [])
    expect(heard).toEqual([10, 11, 20])
  })

  it('lets a view go that the office let go, although an own event once made it', () => {
    const views = projections(toy.views)
    views.take([own('a', 1, 'acked', 6)])
    expect(sum(views)).toBe(1)
    views.apply(
      { rows: [{ kind: 'toy/box', key: 'A', seq: 7, view: null }], cursor: cursor(7), first: false, last: true },
      []
    )
    expect(sum(views)).toBeUndefined()
  })

  it('leaves out what was refused or set aside, and keeps what is flagged or held', () => {
    const views = projections(toy.views)
    views.take([own('a', 1), own('b', 10), own('c', 100), own('d', 1000)])
    views.take([
      own('a', 1, 'refused'),
      own('b', 10, 'quarantined'),
      own('c', 100, 'flagged', 3),
      own('d', 1000, 'held')
    ])
    expect(sum(views)).toBe(1100)
  })

  it('does not count an event twice while a rebuild runs behind rows that hold it', () => {
    const views = projections(toy.views)
    views.load(cursor(9), [row(9, 11)])
    views.take([own('a', 1, 'acked', 9)])
    views.apply({ rows: [row(2, 7, 'B')], cursor: cursor(2), first: true, last: false }, [])
    views.take([own('a', 1, 'acked', 9)])
    expect(sum(views)).toBe(11)
  })

  it('forgets what a rebuild swept out, but not what this tablet still has to say about it', () => {
    const views = projections(toy.views)
    views.load(cursor(5), [row(5, 10), row(5, 3, 'B')])
    views.take([own('a', 1)])
    views.apply({ rows: [], cursor: cursor(6), first: true, last: true }, [row(5, 10), row(5, 3, 'B')])
    expect(views.peek.list(boxView)).toEqual([['A', { sum: 1, times: 1 }]])
  })

  it('lists by key and prefix', () => {
    const views = projections(toy.views)
    views.load(cursor(5), [row(5, 1, 'WO-2/20'), row(5, 2, 'WO-1/10'), row(5, 3, 'WO-2/10')])
    expect(views.peek.list(boxView, 'WO-2/').map(([key]) => key)).toEqual(['WO-2/10', 'WO-2/20'])
  })

  it('tells only those who read what changed', () => {
    const views = projections(toy.views)
    const told: string[] = []
    const stops = [
      effect(() => void told.push(`A ${views.known.get(boxView, 'A')?.sum}`)),
      effect(() => void told.push(`B ${views.known.get(boxView, 'B')?.sum}`)),
      effect(() => void told.push(`all ${views.known.list(boxView).length}`)),
      effect(() => void told.push(`peek ${views.peek.get(boxView, 'A')?.sum}`))
    ]
    told.length = 0
    views.take([own('a', 4)])
    expect(told.sort()).toEqual(['A 4', 'all 1'])
    for (const stop of stops) stop()
  })
})
