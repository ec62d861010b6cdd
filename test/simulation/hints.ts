/** The stream of hints as it comes through a bad line: late, twice, not at all, cut, or silent with the link up. */
import type { Life } from './life.ts'
import type { Line } from './weather.ts'
import type { Office, Server } from './office-servers.ts'

type Part = { readonly done: boolean; readonly value: string }
export type Reader = { read(): Promise<Part> }

const BEAT_MS = 15_000

export const liveStream = (
  office: Office,
  line: Line,
  life: Life,
  server: Server,
  signal: AbortSignal | null | undefined
): Reader => {
  const { world } = office
  const parts: Part[] = []
  let wanted: { readonly done: (part: Part) => void; readonly failed: (problem: Error) => void } | undefined
  let over = false
  let silent = false
  const hand = () => {
    const part = parts[0]
    if (!part || !wanted || life.dead()) return
    parts.shift()
    const { done } = wanted
    wanted = undefined
    done(part)
  }
  const say = (value: string) => {
    if (over || silent || line.partition === 'in' || line.partition === 'both') return
    parts.push({ done: false, value })
    hand()
  }
  const end = () => {
    if (over) return
    over = true
    office.hints.delete(tell)
    wanted?.failed(new TypeError('the stream ended'))
  }
  const met = (kind: 'hint lost' | 'hint twice' | 'hint late' | 'stream cut' | 'stream silent') => {
    const hit = world.chance(line.weather[kind] ?? 0)
    if (hit) world.fault(kind)
    return hit
  }
  const tell = ({ epoch, seq }: { readonly epoch: string; readonly seq: number }) => {
    if (over || life.dead()) return
    if (met('stream cut')) return end()
    if (met('stream silent')) {
      silent = true
      return
    }
    if (met('hint lost')) return
    const text = `event: head\ndata: ${JSON.stringify({ epoch, seq })}\n\n`
    for (let times = met('hint twice') ? 2 : 1; times > 0; times -= 1)
      world.timers.set(met('hint late') ? world.between(1000, 20_000) : world.between(1, 40), () => say(text))
  }
  const beat = () => {
    if (over || life.dead()) return
    say('event: beat\ndata: {}\n\n')
    world.timers.set(BEAT_MS, beat)
  }
  office.hints.add(tell)
  server.onDeath(end)
  life.onDeath(end)
  signal?.addEventListener('abort', end)
  beat()
  return {
    read: () =>
      new Promise((done, failed) => {
        if (over) return failed(new TypeError('the stream ended'))
        wanted = { done, failed }
        hand()
      })
  }
}
