/** When the first screen stands. What it does not need is fetched after that, so that it does not wait for it. */

/** Milliseconds after which it is not waited for any longer: a screen that does not come must not stop the rest. */
const PATIENCE = 4_000

let mark: () => void = () => undefined
const stands = new Promise<void>(done => {
  mark = done
})

export const screenStands = (): void => {
  requestAnimationFrame(() => setTimeout(mark, 0))
}

export const drawn = (): Promise<void> => Promise.race([stands, new Promise<void>(done => setTimeout(done, PATIENCE))])
