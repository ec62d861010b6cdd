/**
 * Two ways to read a picture, tried in this order: zxing-cpp and our own reader in a worker, with the browser's own detector as
 * one more vote; and @zxing/browser where there is no WebAssembly.
 */
import type { WorkerAnswer, WorkerAsk } from './decode-worker.ts'
import workerUrl from './decode-worker.ts?worker&url'
import type { Decoder, Frame, Look, ReadSettings } from './decoder.ts'
import { type NativeVoter, nativeVoter } from './native.ts'

export const openDecoder = async (settings: ReadSettings): Promise<Decoder> =>
  typeof WebAssembly === 'object' ? await wasmDecoder(settings).catch(scriptDecoder) : await scriptDecoder()

/** The browser's own detector is asked on every third frame. */
const NATIVE_EVERY = 3

const wasmDecoder = async (settings: ReadSettings): Promise<Decoder> => {
  const worker = new Worker(workerUrl, { type: 'module' })
  const answer = (): Promise<WorkerAnswer> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => resolve(data)
      worker.onerror = () => reject(new Error('the reader did not start'))
    })
  const [first, native] = await Promise.all([answer(), nativeVoter()])
  if ('broken' in first) {
    worker.terminate()
    throw new Error(first.broken)
  }
  const send = (ask: WorkerAsk, moved: Transferable[] = []) => worker.postMessage(ask, moved)
  send({ settings })
  let turn = 0
  const read = async (frame: Frame): Promise<Look> => {
    turn += 1
    const votes = native && turn % NATIVE_EVERY === 0 ? await vote(native, frame) : []
    const next = answer()
    send({ frame }, [frame])
    const result = await next
    if (!('look' in result)) return { found: votes }
    return { ...result.look, found: [...result.look.found, ...votes] }
  }
  return { name: 'wasm', native: native !== undefined, read, close: () => worker.terminate() }
}

/** A detector that breaks off loses this vote, not the frame. */
const vote = (native: NativeVoter, frame: Frame): ReturnType<NativeVoter> => native(frame).catch(() => [])

const scriptDecoder = async (): Promise<Decoder> => (await import('./decode-script.ts')).scriptDecoder()
