import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Decoder, Look } from './decoder.ts'
import { eachFrame } from './frames.ts'

afterEach(() => vi.unstubAllGlobals())

/** A video that shows a frame when told, and a decoder that answers when told. */
const rig = (pause?: number) => {
  class Taken {
    readonly of: { shown: number }
    constructor(video: { shown: number }) {
      this.of = { shown: video.shown }
    }
  }
  vi.stubGlobal('VideoFrame', Taken)
  const taken: number[] = []
  let callbacks: (() => void)[] = []
  let answers: ((look: Look) => void)[] = []
  const video = {
    readyState: 4,
    videoWidth: 640,
    shown: 0,
    requestVideoFrameCallback: (then: () => void) => callbacks.push(then),
    cancelVideoFrameCallback: () => {
      callbacks = []
    }
  }
  const read = (frame: unknown): Promise<Look> => {
    taken.push((frame as Taken).of.shown)
    return new Promise(done => {
      answers = [...answers, done]
    })
  }
  const looks: number[] = []
  // The two ends are only as much of a video and a decoder as the loop touches.
  const stop = eachFrame(video as unknown as HTMLVideoElement, { read } as unknown as Decoder, () => {
    looks.push(video.shown)
    return pause
  })
  const settled = async () => {
    for (let i = 0; i < 6; i += 1) await Promise.resolve()
  }
  return {
    taken,
    looks,
    stop,
    shows: async () => {
      video.shown += 1
      const due = callbacks
      callbacks = []
      for (const then of due) then()
      await settled()
    },
    answers: async () => {
      const [first, ...rest] = answers
      answers = rest
      first?.({ found: [] })
      await settled()
    }
  }
}

describe('the frames of a video', () => {
  it('has one frame under way and drops what comes meanwhile', async () => {
    const { taken, shows, answers } = rig()
    await shows()
    await shows()
    await shows()
    expect(taken).toEqual([1])
    await answers()
    // The one that came last is old by now; the screen and the worker get a rest until the next.
    expect(taken).toEqual([1])
    await shows()
    expect(taken).toEqual([1, 4])
  })

  it('waits as long as it is told, and not at all after the end', async () => {
    vi.useFakeTimers()
    try {
      const { taken, looks, shows, answers, stop } = rig(200)
      await shows()
      await answers()
      await shows()
      expect(taken).toEqual([1])
      await vi.advanceTimersByTimeAsync(200)
      await shows()
      expect(taken).toEqual([1, 3])
      stop()
      await answers()
      await vi.advanceTimersByTimeAsync(1000)
      expect(looks).toEqual([1])
    } finally {
      vi.useRealTimers()
    }
  })
})
