/**
 * Which tablet this is. The key is made here, can't be taken out, and never expires: a tablet keeps the right to send what
 * it recorded whoever is signed in. Enrolled once, by a code that an administrator shows.
 */
import { type EnrolReply, enrolReply } from '#sync/protocol.ts'
import type { Answer, Question, Signer } from '#sync/exchange.ts'

export type Identity = {
  /** Who this tablet is; undefined before it is enrolled. */
  enrolled(): EnrolReply | undefined
  /** Reads what was kept; to be awaited once. */
  load(): Promise<EnrolReply | undefined>
  /** `how.path` is where a code, a set-up link or a sample plant is asked; the public key is added here. */
  enrol(ask: (question: Question) => Promise<Answer>, how: HowEnrol): Promise<Enrolled>
  readonly sign: Signer
}
export type HowEnrol = {
  readonly path: '/v1/enroll' | '/v1/setup' | '/v1/sample/enroll'
  readonly body: Readonly<Record<string, unknown>>
}
export type Enrolled = { readonly enrolled: EnrolReply } | { readonly refused: string; readonly message: string }

type Kept = { readonly reply: EnrolReply; readonly keys: CryptoKeyPair }
export type IdentityPorts = {
  readonly get: <T>(name: string) => Promise<T | undefined>
  readonly set: (name: string, value: unknown) => Promise<void>
  readonly subtle: SubtleCrypto
}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

export const identity = ({ get, set, subtle }: IdentityPorts): Identity => {
  let kept: Kept | undefined
  return {
    enrolled: () => kept?.reply,
    load: async () => {
      kept = await get<Kept>('identity')
      return kept?.reply
    },
    enrol: async (ask, { path, body }) => {
      const keys = await subtle.generateKey(ECDSA, false, ['sign', 'verify'])
      const publicKey = await subtle.exportKey('jwk', keys.publicKey)
      const answer = await ask({ method: 'POST', path, body: JSON.stringify({ ...body, publicKey }) })
      if (answer.answer === 'unreachable') return { refused: 'no-network', message: '' }
      if (answer.answer === 'no') return { refused: answer.code, message: answer.message }
      const read = enrolReply.safeParse(answer.body)
      if (!read.success) return { refused: 'no-network', message: '' }
      kept = { reply: read.data, keys }
      await set('identity', kept)
      return { enrolled: read.data }
    },
    sign: async ({ method, path, body }, nonce) => {
      if (!kept) return {}
      const digest = hex(await subtle.digest('SHA-256', bytesOf(body)))
      const text = utf8.encode(`${method}\n${path}\n${nonce}\n${digest}`)
      const signature = base64url(await subtle.sign(ECDSA, kept.keys.privateKey, text))
      return { 'x-jobcard-device': kept.reply.device, 'x-jobcard-nonce': nonce, 'x-jobcard-signature': signature }
    }
  }
}

const utf8 = new TextEncoder()
const bytesOf = (body: string | ArrayBuffer | undefined): BufferSource =>
  typeof body === 'string' ? utf8.encode(body) : (body ?? new Uint8Array())

export const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('')

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
