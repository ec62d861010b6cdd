/** The line between a client and its server: loopback as it is, or one that is slow and breaks, the same for all. */
import { FAIR, openProxy } from '#test/chaos/proxy.ts'

export type Line = {
  readonly url: string
  /** The weather begins: what was made ready before came over a fair line. */
  begin(): void
  /** And ends, while something is made ready. */
  calm(): void
  close(): Promise<void>
}
export type Link = (url: string) => Promise<Line>

const nothing = (): void => undefined
export const direct: Link = async url => ({ url, begin: nothing, calm: nothing, close: async () => undefined })

/** 200 ms there and back, and for each piece that passes one chance in a hundred that the connection is reset. */
const LOSSY = { ...FAIR, latency: 100, reset: 0.01 }

export const lossy =
  (seed: number): Link =>
  async url => {
    const { port: office } = new URL(url)
    const proxy = await openProxy({ target: () => Number(office), random: dice(seed) })
    return {
      url: `http://127.0.0.1:${proxy.port}`,
      begin: () => proxy.set(LOSSY),
      calm: () => proxy.set(FAIR),
      close: () => proxy.close()
    }
  }

/** A linear congruential generator (Knuth's MMIX has 64 bits; these 32 are Numerical Recipes'), so that a round has its seed. */
const dice = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
