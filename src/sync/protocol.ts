/**
 * The wire: what a tablet and the office say to each other. Owned by neither end.
 *
 * Push sends the exact bytes of each event with its hash; the reply must echo the batch and hold a verdict for every event,
 * or it proves nothing (a captive portal answers 200 as well). Pull covers a closed range of the office's sequence.
 * Old clients stay welcome: fields are only ever added, and readers ignore what they don't know.
 */
import * as z from 'zod/mini'

export const PROTOCOL = 1
/** Every reply of ours carries it; a reply without it came from something else. */
export const PROTOCOL_HEADER = 'x-jobcard-protocol'
/**
 * With every question of a tablet: `CHAIN NUMBER`, the highest number it has given out, sent or not. What a wiped tablet takes
 * with it can then be counted, if it was heard once after recording it.
 */
export const CHAIN_HEADER = 'x-jobcard-chain'

/** Limits of one push; a client cuts its batches to fit and the office refuses what does not. Sizes in bytes of UTF-8. */
export const LIMITS = {
  /** What a tablet sends at once over a line that it does not know. */
  pushEvents: 200,
  /** And over one that has just answered soon: the most that the office takes. */
  pushMost: 500,
  pushBytes: 512 * 1024,
  bodyBytes: 1024 * 1024,
  eventBytes: 256 * 1024,
  depth: 16,
  pullRows: 1000
} as const
/** Files travel in chunks of this many bytes. */
export const CHUNK_BYTES = 1024 * 1024

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** What is wrong with one of them is its own verdict, and holds up no other. */
export const pushedEvent = z.object({
  id: z.string(),
  /** SHA-256 of the body's UTF-8, lower-case hex. */
  h: z.string(),
  body: z.string(),
  /** Its number of the chain, for bytes that can't say it any more. Older clients leave it out. */
  n: z.optional(z.number())
})

export const pushRequest = z.object({
  protocol: z.number(),
  batch: z.string(),
  device: z.string(),
  chain: z.string(),
  epoch: z.string(),
  /** The highest number this install has given out: what a lost tablet took with it can be counted. */
  nMax: z.int(),
  /** The last signed head of the office's log that this tablet was shown. */
  witnessed: z.optional(z.object({ seq: z.int(), root: z.string() })),
  events: z.array(pushedEvent)
})
export type PushRequest = z.infer<typeof pushRequest>
export type PushedEvent = z.infer<typeof pushedEvent>

export const verdict = z.discriminatedUnion('verdict', [
  z.object({ id: z.string(), verdict: z.literal('applied'), seq: z.int() }),
  /** Known already, byte for byte. */
  z.object({ id: z.string(), verdict: z.literal('duplicate'), seq: z.int() }),
  /** Stored and ordered, and breaks a rule that the tablet could not know: a person will decide. */
  z.object({ id: z.string(), verdict: z.literal('flagged'), seq: z.int(), codes: z.array(z.string()) }),
  /** The bytes are kept for ever and shown to a person, but they are not part of the log. */
  z.object({ id: z.string(), verdict: z.literal('quarantined'), code: z.string() }),
  /** A decision that the office did not take. Its number is used; it changes nothing. */
  z.object({ id: z.string(), verdict: z.literal('refused'), code: z.string() }),
  /** A number is missing: send again from `expect`. */
  z.object({ id: z.string(), verdict: z.literal('gap'), expect: z.int() }),
  /** Another event holds this number of the chain: this install was copied and needs a chain of its own. */
  z.object({ id: z.string(), verdict: z.literal('fork'), n: z.int() }),
  /** Nothing was stored; try again after so many milliseconds. */
  z.object({ id: z.string(), verdict: z.literal('retry'), after: z.int() })
])
export type Verdict = z.infer<typeof verdict>

export const pushReply = z.object({
  batch: z.string(),
  epoch: z.string(),
  head: z.int(),
  /** The office's clock, milliseconds since 1970. */
  time: z.number(),
  /** The log's running hash at `head`: kept by the tablet and echoed, so that history can't be rewritten unnoticed. */
  root: z.string(),
  verdicts: z.array(verdict)
})
export type PushReply = z.infer<typeof pushReply>

export const row = z.object({ kind: z.string(), key: z.string(), seq: z.int(), view: z.unknown() })
export type Row = z.infer<typeof row>

/** Covers (from, to]. `view: null` means that the view is gone or has left this device's scopes. */
export const pullReply = z.object({
  epoch: z.string(),
  /** What this device is sent, decided by the office; when it differs from last time the client starts again from 0. */
  scopes: z.array(z.string()),
  from: z.int(),
  to: z.int(),
  head: z.int(),
  time: z.number(),
  /** When the epoch differs from the one asked with: the last number both have. Tablets send again what lies above it. */
  common: z.optional(z.int()),
  rows: z.array(row),
  more: z.boolean()
})
export type PullReply = z.infer<typeof pullReply>

/** `POST /v1/act`: one decision asked of the office. `id` makes it safe to repeat. */
export const actRequest = z.object({ id: z.string(), action: z.string(), input: z.unknown() })
export const actReply = z.union([
  z.object({ id: z.string(), done: z.literal(true), seq: z.int(), events: z.array(z.string()) }),
  z.object({
    id: z.string(),
    refused: z.string(),
    sentence: z.string(),
    about: z.optional(z.record(z.string(), z.unknown()))
  })
])
export type ActReply = z.infer<typeof actReply>

/** Every error body. `code` is one of a closed list. */
export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.optional(z.string()) })
})

export const ERROR_CODES = [
  'not-json',
  'wrong-shape',
  'too-large',
  'too-deep',
  'unknown-device',
  'revoked-device',
  'unsigned',
  'wrong-signature',
  'stale-nonce',
  'signed-out',
  'role-missing',
  'wrong-pin',
  'locked',
  'unknown-code',
  'code-used',
  'code-expired',
  'too-many',
  'unknown-action',
  'unknown-address',
  'not-found',
  'wrong-epoch',
  'wrong-hash',
  'wrong-file',
  'foreign-origin',
  'old-protocol',
  'store-full',
  'busy',
  'server-error'
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** `POST /v1/blobs/have`: which of these files the office has whole. At most so many at once. */
export const FILES_ASKED = 200
export const filesRequest = z.object({ sha256: z.array(hash).check(z.maxLength(FILES_ASKED)) })
export const filesReply = z.object({ have: z.array(z.string()) })

/** Enrolment: the tablet gives its public key for a one-time code. */
export const enrolRequest = z.object({ code: z.string(), publicKey: z.unknown(), name: z.string() })
export const enrolReply = z.object({
  device: z.string(),
  site: z.string(),
  siteName: z.string(),
  epoch: z.string(),
  use: z.enum(['station', 'desk', 'wall']),
  station: z.nullable(z.string()),
  sample: z.boolean()
})
export type EnrolReply = z.infer<typeof enrolReply>

/** What a tablet needs to check a PIN without the network: PBKDF2-SHA-256; salt and key in lower-case hex. */
export const rosterReply = z.object({
  people: z.array(z.object({ person: z.string(), salt: z.string(), iterations: z.int(), key: z.string() }))
})
export type RosterReply = z.infer<typeof rosterReply>

/** `ask` comes back as it was sent: the answer to another try, which some proxy may have kept, signs nobody in. */
export const signInRequest = z.object({ person: z.string(), pin: z.string(), ask: z.optional(z.string()) })
export const signInReply = z.object({
  session: z.string(),
  person: z.string(),
  until: z.number(),
  ask: z.optional(z.string())
})

/** Hints of `GET /v1/live` (text/event-stream). Data always comes by pull, so a lost or doubled hint does no harm. */
export const headHint = z.object({ epoch: z.string(), seq: z.int() })
/** For walls: when each station's tablet was last heard, in milliseconds before the hint was sent. */
export const presenceHint = z.object({
  stations: z.record(z.string(), z.object({ ago: z.number(), waiting: z.int() }))
})
export type Presence = z.infer<typeof presenceHint>
