/**
 * What a person hears and feels: a sound, a vibration and a flash at the edge for known, wrong here, and unknown. Sound is never the only cue; a shop
 * is louder than a tablet. The browser lets a page sound only after a touch, so the first touch opens the audio.
 */
import { signal } from '@preact/signals'

export type Cue = 'ok' | 'wrong' | 'unknown' | 'answered'

/** The flash that is shown now; `n` makes two alike in a row two flashes. */
export const flash = signal<{ readonly cue: Cue; readonly n: number } | undefined>(undefined)

/** Frequency in hertz, start and length in seconds. */
const tones: Readonly<Record<Cue, readonly (readonly [hertz: number, from: number, length: number])[]>> = {
  ok: [[1000, 0, 0.09]],
  wrong: [
    [500, 0, 0.14],
    [500, 0.2, 0.2]
  ],
  unknown: [[300, 0, 0.35]],
  answered: [
    [700, 0, 0.12],
    [950, 0.13, 0.12],
    [1250, 0.26, 0.18]
  ]
}

const buzzes: Readonly<Record<Cue, number | number[]>> = { ok: 40, wrong: [80, 60, 80], unknown: 220, answered: 40 }

/** What a reader of the screen says after a scan; cards say themselves. */
export const said = signal('')

let audio: AudioContext | undefined

export const openAudio = (): void => {
  audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext()
  if (audio?.state === 'suspended') void audio.resume()
}

export const give = (cue: Cue): void => {
  flash.value = { cue, n: (flash.peek()?.n ?? 0) + 1 }
  navigator.vibrate?.(buzzes[cue])
  if (audio?.state !== 'running') return
  for (const [hertz, from, length] of tones[cue]) tone(audio, hertz, audio.currentTime + from, length)
}

const tone = (context: AudioContext, hertz: number, at: number, length: number): void => {
  const source = context.createOscillator()
  const volume = context.createGain()
  source.type = 'square'
  source.frequency.value = hertz
  // Without the short slopes a speaker clicks at both ends.
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(0.25, at + 0.01)
  volume.gain.setValueAtTime(0.25, at + length - 0.02)
  volume.gain.linearRampToValueAtTime(0, at + length)
  source.connect(volume).connect(context.destination)
  source.start(at)
  source.stop(at + length)
}
