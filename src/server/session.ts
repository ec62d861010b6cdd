/** A person's session at the office: signed words that only this office can have written. Nothing is kept of it here. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** `until`: milliseconds since 1970. */
export type Session = { readonly person: string; readonly device: string; readonly until: number }

/** HMAC-SHA-256 under the site's secret, base64url. */
export const mac = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url')
export const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

export const sealSession = (secret: string, session: Session): string => {
  const text = Buffer.from(JSON.stringify(session)).toString('base64url')
  return `${text}.${mac(secret, `session ${text}`)}`
}

/** Who is signed in on this tablet at `now` by this session. */
export const openSession = (secret: string, sealed: string, device: string, now: number): string | undefined => {
  const [text, signature] = sealed.split('.')
  if (!text || !signature || !sameText(signature, mac(secret, `session ${text}`))) return undefined
  // It is as `sealSession` made it.
  const session = JSON.parse(Buffer.from(text, 'base64url').toString()) as Session
  return session.device === device && session.until >= now ? session.person : undefined
}
