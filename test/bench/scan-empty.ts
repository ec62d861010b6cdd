/** The cost of a frame that holds no code: noise on a soft shade, as a camera makes it in bad light. */
import { emptyPlane, planeOfRgba } from '#device/scan/linear/plane.ts'
import { pipeline } from '#device/scan/pipeline.ts'
import type { Zxing } from '#device/scan/zxing.ts'
import type { Pixels } from './scan-data.ts'
import { allReads, readZxing } from './scan-engines.ts'

const WIDTH = 1280
const HEIGHT = 720
const FRAMES = 60
/** zxing-wasm is slow and even; every third frame is enough. */
const THEIRS_EVERY = 3

/** Milliseconds of this thread, 95th percentile, for both engines on the same frames. */
export const emptyFrames = async (zxing: Zxing): Promise<{ ours: number; theirs: number }> => {
  const look = pipeline(zxing, allReads)
  const plane = emptyPlane()
  const ours: number[] = []
  const theirs: number[] = []
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const picture = noisy(frame + 1)
    ours.push(
      await threadTime(() => {
        look(planeOfRgba(picture.data, WIDTH, HEIGHT, plane))
      })
    )
    if (frame % THEIRS_EVERY === 0) theirs.push(await threadTime(() => readZxing(picture)))
  }
  return { ours: p95(ours), theirs: p95(theirs) }
}

const threadTime = async (work: () => unknown): Promise<number> => {
  const { user, system } = process.threadCpuUsage()
  await work()
  const after = process.threadCpuUsage()
  return (after.user - user + after.system - system) / 1000
}

const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN

/** Grey noise with a deviation of about 22 steps over a shade from left to right. Lehmer's generator, so that each run is the same. */
export const noisy = (seed: number): Pixels => {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4)
  let state = (seed * 7919) % 2147483647
  const random = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  for (let i = 0; i < WIDTH * HEIGHT; i += 1) {
    const shade = 95 + (60 * (i % WIDTH)) / WIDTH
    const bell = random() + random() + random() + random() - 2
    const value = shade + bell * 38
    data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = value
    data[4 * i + 3] = 255
  }
  return { width: WIDTH, height: HEIGHT, data }
}
