/** Reads codes away from the main thread, with zxing-cpp as WebAssembly from our own address, never from elsewhere. */
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { type Look, type ReadSettings, usualReads } from './decoder.ts'
import { emptyPlane } from './linear/plane.ts'
import { lumaReader } from './luma.ts'
import { type Pipeline, pipeline } from './pipeline.ts'
import { openZxing } from './zxing.ts'

// A worker's own scope, without pulling the worker types over the window's types of this folder.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<WorkerAsk>) => void) | null
  postMessage(answer: WorkerAnswer): void
}

export type WorkerAsk = { readonly frame: VideoFrame | ImageBitmap } | { readonly settings: ReadSettings }

export type WorkerAnswer = { readonly ready: true } | { readonly look: Look } | { readonly broken: string }

const start = async (): Promise<void> => {
  const zxing = await openZxing({ locateFile: (path, prefix) => (path.endsWith('.wasm') ? wasm : prefix + path) })
  const luma = lumaReader(emptyPlane())
  let look: Pipeline = pipeline(zxing, usualReads)
  const answer = async (ask: WorkerAsk): Promise<void> => {
    if ('settings' in ask) {
      look = pipeline(zxing, ask.settings)
      return
    }
    try {
      const picture = await luma(ask.frame)
      scope.postMessage({ look: picture ? look(picture) : { found: [] } })
    } catch (problem) {
      scope.postMessage({ broken: String(problem) })
    }
  }
  scope.onmessage = ({ data }) => void answer(data)
  scope.postMessage({ ready: true })
}

start().catch((problem: unknown) => scope.postMessage({ broken: String(problem) }))
