/**
 * What the machine's own parts cost most of a seed and the product uses only at their edge: an AbortController that tells
 * its listeners once, a decoder that the simulated stream of hints does not need, and problems without a stack.
 */

class Aborter {
  readonly signal = new Signal()
  abort(): void {
    this.signal.end()
  }
}

class Signal {
  aborted = false
  #listeners: (() => void)[] = []
  addEventListener(_name: string, then: () => void): void {
    this.#listeners.push(then)
  }
  end(): void {
    if (this.aborted) return
    this.aborted = true
    const told = this.#listeners
    this.#listeners = []
    for (const then of told) then()
  }
}

class Decoder {}

/** Runs `work` with the stand-ins in place of the machine's own. */
export const withStandIns = async <T>(work: () => Promise<T>): Promise<T> => {
  const own = { AbortController: globalThis.AbortController, TextDecoderStream: globalThis.TextDecoderStream }
  const { stackTraceLimit } = Error
  // From here on all that happens happens in promises: `world.ts` counts on it.
  await undefined
  Object.assign(globalThis, { AbortController: Aborter, TextDecoderStream: Decoder })
  Error.stackTraceLimit = 0
  try {
    return await work()
  } finally {
    Object.assign(globalThis, own)
    Error.stackTraceLimit = stackTraceLimit
  }
}
