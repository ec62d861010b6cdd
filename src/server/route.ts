/** A route says who may call it, what it takes and gives, and in a sentence what for. The API's page is made from these. */
import type * as z from 'zod/mini'
import type { Role } from '#kernel/decision.ts'
import type { HighWater } from './high-water.ts'
import type { Hints, Listening } from './hints.ts'
import type { Caller } from './identity.ts'
import type { Limiter } from './limiter.ts'
import type { Office } from './office.ts'
import type { PresenceBook } from './presence.ts'
import type { Turns } from './turns.ts'

export type Server = {
  readonly office: Office
  readonly presence: PresenceBook
  readonly hints: Hints
  readonly limiter: Limiter
  readonly turns: Turns
  readonly listening: Listening
  /** Not kept by commands and tests that only look in. */
  readonly highWater: HighWater | undefined
  /** Whether the database's disk was full when something was last stored. */
  readonly room: { isFull: boolean }
  /** Where people reach this server, for codes and links. */
  readonly url: () => string
}

export type Who = 'anyone' | 'device' | 'person' | readonly Role[]

export type Asked<B = unknown> = {
  readonly method: string
  readonly server: Server
  readonly office: Office
  readonly caller: Caller
  readonly body: B
  readonly bytes: Uint8Array
  readonly params: Readonly<Record<string, string>>
  readonly query: (name: string) => string | undefined
  readonly header: (name: string) => string | undefined
  readonly signal: AbortSignal
}

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'HEAD'
  /** Hono's form: '/v1/blobs/:sha256'. */
  readonly path: string
  readonly who: Who
  readonly summary: string
  readonly takes?: z.ZodMiniType
  /** Whether `takes` would take it, told by hand for a body of thousands of members; a test holds it to the schema. */
  readonly fits?: (body: unknown) => boolean
  readonly gives?: z.ZodMiniType
  /** A one-time code opens it, so that it may be tried only so often. */
  readonly opens?: boolean
  /** Also a tablet that was taken out of use may call it. */
  readonly revokedToo?: boolean
  /** Judges the texts in its body by itself. */
  readonly ownText?: boolean
  /** Largest body, bytes. */
  readonly limit?: number
  readonly answer: (asked: Asked) => Promise<unknown> | unknown
}

/** Ties the type of the body to the schema that checks it. */
export const route = <B>(
  one: Omit<Route, 'takes' | 'answer'> & {
    readonly takes?: z.ZodMiniType<B>
    readonly answer: (asked: Asked<B>) => unknown
  }
): Route =>
  // The body was parsed by `takes` before `answer` is called, so it is a B there.
  one as Route
