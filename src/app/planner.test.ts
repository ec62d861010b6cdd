import { describe, expect, it } from 'vitest'
import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { decision } from '#kernel/event.ts'
import { listenersOf } from '#kernel/fold.ts'
import { type Question, question } from '#kernel/question.ts'
import { remembering } from '#kernel/remember.ts'
import { viewKind, when } from '#kernel/view.ts'
import { lines } from '#kernel/activity.ts'
import { makePlanner } from './planner.ts'
import { answerWith, type Views } from './planner-answers.ts'
import type { FromWorker, ToWorker } from './planner-messages.ts'

const boxFilled = decision('toy/box-filled.v1', z.object({ box: z.string(), pieces: z.int() }))
const boxView = viewKind<{ pieces: number }>('toy/box', 'desk', [
  when(
    boxFilled,
    ({ box }) => box,
    (_, { pieces }) => ({ pieces })
  )
])
const total = question('toy/total', [boxView], (known, factor: number) =>
  known.list(boxView).reduce((sum, [, { pieces }]) => sum + pieces * factor, 0)
)
const broken = question('toy/broken', [boxView], () => {
  throw new Error('The boxes are gone.')
})
/** Says how far it is; the desk below lets nobody hear that it ends. */
const search = question('toy/search', [boxView], (_, __: number, run) => {
  run.progress(0.5)
  throw new Error('This search has no end.')
})
const questions: readonly Question[] = lines(total, broken, search)
const listeners = listenersOf([boxView] as never)

/** A worker in this process; `held` keeps what it would answer until it is let go. */
const desk = () => {
  const known = signal<Record<string, Record<string, unknown>>>({ 'toy/box': { a: { pieces: 2 }, b: { pieces: 3 } } })
  const lineLog: string[] = []
  const held: (() => void)[] = []
  let hold = false
  const planner = makePlanner(
    {
      get: (kind, key) => known.value[kind.name]?.[key] as never,
      list: kind => Object.entries(known.value[kind.name] ?? {}) as never
    },
    heard => {
      let views: Views = {}
      let over = false
      lineLog.push('open')
      const say = (message: FromWorker) => over || heard(message)
      queueMicrotask(() => say({ needs: ['toy/box'] }))
      return {
        post: (message: ToWorker) => {
          if ('views' in message) {
            lineLog.push('views')
            views = { ...views, ...message.views }
            return
          }
          const work = () => {
            try {
              const run = {
                now: () => 0,
                progress: (part: number) => say({ id: message.id, part }),
                keep: remembering()
              }
              say({ id: message.id, answer: answerWith(questions, listeners, views, message, run) })
            } catch (reason) {
              if (message.question !== search.name) say({ id: message.id, problem: (reason as Error).message })
            }
          }
          if (hold) held.push(work)
          else queueMicrotask(work)
        },
        end: () => {
          over = true
          lineLog.push('end')
        }
      }
    }
  )
  return { known, planner, lineLog, held, holding: (on: boolean) => (hold = on) }
}

describe('the planner', () => {
  it('answers over what is known, and sends that again only when it changed', async () => {
    const { planner, known, lineLog } = desk()
    expect(await planner.ask('toy/total', 10)).toBe(50)
    expect(await planner.ask('toy/total', 1)).toBe(5)
    expect(lineLog).toEqual(['open', 'views'])
    known.value = { 'toy/box': { a: { pieces: 7 } } }
    expect(await planner.ask('toy/total', 1)).toBe(7)
    expect(lineLog).toEqual(['open', 'views', 'views'])
  })

  it('answers over what is supposed, and forgets that afterwards', async () => {
    const { planner } = desk()
    const supposing = [{ type: 'toy/box-filled.v1', payload: { box: 'b', pieces: 100 } }]
    expect(await planner.ask('toy/total', 1, { supposing })).toBe(102)
    expect(await planner.ask('toy/total', 1)).toBe(5)
  })

  it('says why there is no answer, and goes on', async () => {
    const { planner } = desk()
    await expect(planner.ask('toy/broken', 1)).rejects.toThrow('The boxes are gone.')
    await expect(planner.ask('toy/unheard-of', 1)).rejects.toThrow('does not know')
    expect(await planner.ask('toy/total', 1)).toBe(5)
  })

  it('ends the worker when a search is stopped, and answers the next one with another', async () => {
    const { planner, lineLog, held, holding } = desk()
    await planner.ask('toy/total', 1)
    const stop = new AbortController()
    const heard = new Promise<number>(told => {
      const asking = { stop: stop.signal, onProgress: (part: number) => told(part) }
      planner.ask('toy/search', 1, asking).catch(() => undefined)
    })
    expect(await heard).toBe(0.5)
    const second = planner.ask('toy/total', 2)
    stop.abort()
    expect(await second).toBe(10)
    expect(lineLog).toEqual(['open', 'views', 'end', 'open', 'views'])
    holding(false)
    // What the ended worker would have said is heard by nobody.
    for (const work of held) work()
  })

  it('lets the worker finish what is short when it is overtaken, and hears only the next', async () => {
    const { planner, lineLog, held, holding } = desk()
    await planner.ask('toy/total', 1)
    holding(true)
    const stop = new AbortController()
    const first = planner.ask('toy/total', 1, { stop: stop.signal })
    const second = planner.ask('toy/total', 2)
    stop.abort()
    await expect(first).rejects.toThrow('Stopped.')
    holding(false)
    for (const work of held) work()
    expect(await second).toBe(10)
    expect(lineLog).toEqual(['open', 'views'])
  })

  it('ends a search that was stopped before it said how far it is as soon as it does', async () => {
    const { planner, lineLog, held, holding } = desk()
    await planner.ask('toy/total', 1)
    holding(true)
    const stop = new AbortController()
    const first = planner.ask('toy/search', 1, { stop: stop.signal })
    const second = planner.ask('toy/total', 2)
    stop.abort()
    await expect(first).rejects.toThrow('Stopped.')
    holding(false)
    for (const work of held) work()
    expect(await second).toBe(10)
    expect(lineLog).toEqual(['open', 'views', 'end', 'open', 'views'])
  })

  it('never begins what was stopped while it waited', async () => {
    const { planner, lineLog } = desk()
    const stop = new AbortController()
    const first = planner.ask('toy/total', 1)
    const second = planner.ask('toy/total', 2, { stop: stop.signal })
    stop.abort()
    await expect(second).rejects.toThrow('Stopped.')
    expect(await first).toBe(5)
    expect(lineLog).not.toContain('end')
  })

  it('tells whoever watches that what is known has changed', async () => {
    const { planner, known } = desk()
    await planner.ask('toy/total', 1)
    const before = planner.version.value
    known.value = { 'toy/box': { a: { pieces: 9 } } }
    expect(planner.version.value).toBeGreaterThan(before)
  })
})
