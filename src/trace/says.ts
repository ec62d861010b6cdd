/** How a sentence about an event is made: what every room's sentences share. */
import type { EventKind } from '#kernel/event.ts'
import { show } from '#kernel/quantity.ts'

/** How numbers and codes become names; each may answer with what it was given. */
export type Names = { readonly station: (station: string) => string; readonly reason: (code: string) => string }

/** 'stop' for what halted or broke something, 'info' for what people decided, 'normal' for the rest. */
export type Tone = 'normal' | 'info' | 'stop'
export type Told = { readonly text: string; readonly tone: Tone }

export type Line = { readonly type: string; readonly tell: (payload: unknown, names: Names) => Told }

export const says = <P>(
  kind: EventKind<P>,
  say: (payload: P, names: Names) => string,
  tone: Tone | ((payload: P) => Tone) = 'normal'
): Line => ({
  type: kind.type,
  // The office checked the payload against its kind when it took the event in.
  tell: (payload, names) => ({
    text: say(payload as P, names),
    tone: typeof tone === 'function' ? tone(payload as P) : tone
  })
})

/** '3 pieces', '1 piece'. */
export const count = (many: number, one: string, more = `${one}s`): string => `${show(many)} ${many === 1 ? one : more}`
export const after = (note: string | undefined): string => (note ? `: ${note}` : '')
export const lot = (text: string): string => (text === '' ? '' : ` of ${text}`)
