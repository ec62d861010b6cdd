/** Fetches the camera's reader once, so that the service worker keeps it and the camera opens without the network. */
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import worker from './decode-worker.ts?worker&url'

export const warmReader = async (): Promise<void> => {
  await Promise.all([wasm, worker].map(url => fetch(url).then(reply => reply.arrayBuffer()))).catch(() => undefined)
}
