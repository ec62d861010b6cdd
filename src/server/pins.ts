/**
 * PINs: attribution on a shared tablet, not secrecy (research/ux.md 1.10). Kept as PBKDF2-SHA-256 with 600,000 rounds
 * (OWASP ASVS 5.0, appendix C), because a tablet without network must be able to check one with WebCrypto.
 */
import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Sql, TransactionSql } from 'postgres'
import { Problem } from './problem.ts'

const derive = promisify(pbkdf2)
const ITERATIONS = 600_000
/** Wrong tries of one person on one tablet before it has to wait. */
const TRIES = 5
/** Wrong tries on one tablet, whoever they claim to be: someone goes through the badges. */
const TRIES_OF_TABLET = 20
/** Wrong tries of one person anywhere. Tablets where they have signed in lately stay open, so that nobody can lock them out. */
const TRIES_OF_PERSON = 20
const LOCKED_MS = 5 * 60_000

const keyOf = async (pin: string, salt: string, iterations: number): Promise<Buffer> =>
  derive(pin, Buffer.from(salt, 'hex'), iterations, 32, 'sha256')

export const setPin = async (sql: Sql | TransactionSql, site: string, person: string, pin: string): Promise<void> => {
  if (!/^\d{4,12}$/.test(pin)) throw new Problem(400, 'wrong-pin', 'A PIN has 4 to 12 digits; 6 are recommended.')
  const salt = randomBytes(16).toString('hex')
  const key = (await keyOf(pin, salt, ITERATIONS)).toString('hex')
  await sql`INSERT INTO person_pin (site_id, person, salt, iterations, key) VALUES (${site}, ${person}, ${salt}, ${ITERATIONS}, ${key})
    ON CONFLICT (site_id, person) DO UPDATE SET salt = excluded.salt, key = excluded.key, iterations = excluded.iterations, set_at = now()`
}

/** Throws unless the PIN is right. The try is counted before it is checked, so that cutting the line wins nothing. */
export const checkPin = async (sql: Sql, site: string, person: string, device: string, pin: string): Promise<void> => {
  const wrong = await countTry(sql, site, person, device)
  const [row] = await sql<{ salt: string; iterations: number; key: string }[]>`
    SELECT salt, iterations, key FROM person_pin WHERE site_id = ${site} AND person = ${person}`
  const wanted = Buffer.from(row?.key ?? '00'.repeat(32), 'hex')
  const found = await keyOf(pin, row?.salt ?? '00', row?.iterations ?? ITERATIONS)
  if (!row || !timingSafeEqual(wanted, found)) {
    const left = Math.max(0, TRIES - wrong)
    throw new Problem(
      403,
      'wrong-pin',
      'This PIN does not belong to this badge.',
      left > 0 ? `${left} tries left.` : 'Wait five minutes.'
    )
  }
  await sql`UPDATE pin_try SET wrong = 0, right_at = now() WHERE site_id = ${site} AND person = ${person} AND device = ${device}`
}

/** Counts a try as a wrong one until it has proved right. Throws when there were too many; such a try is not even looked at. */
const countTry = async (sql: Sql, site: string, person: string, device: string): Promise<number> => {
  const since = new Date(Date.now() - LOCKED_MS)
  const wrong = await sql.begin(async tx => {
    // One try of a tablet at a time, so that many at once are counted as many.
    await tx`SELECT pg_advisory_xact_lock(hashtextextended(${device}, 0))`
    const [sum] = await tx<{ tablet: number; person: number; known: boolean }[]>`
      SELECT coalesce(sum(wrong) FILTER (WHERE device = ${device} AND last_at > ${since}), 0)::int AS tablet,
        coalesce(sum(wrong) FILTER (WHERE person = ${person} AND last_at > ${since}), 0)::int AS person,
        coalesce(bool_or(right_at > now() - interval '30 days') FILTER (WHERE person = ${person} AND device = ${device}), false) AS known
      FROM pin_try WHERE site_id = ${site} AND (device = ${device} OR person = ${person})`
    if (sum && (sum.tablet >= TRIES_OF_TABLET || (sum.person >= TRIES_OF_PERSON && !sum.known))) return TRIES + 1
    const [tried] = await tx<{ wrong: number }[]>`
      INSERT INTO pin_try AS t (site_id, person, device, wrong, last_at) VALUES (${site}, ${person}, ${device}, 1, now())
      ON CONFLICT (site_id, person, device) DO UPDATE SET
        wrong = CASE WHEN t.last_at < ${since} THEN 1 ELSE least(t.wrong + 1, ${TRIES + 1}) END,
        last_at = CASE WHEN t.wrong >= ${TRIES} AND t.last_at >= ${since} THEN t.last_at ELSE now() END
      RETURNING wrong`
    return tried?.wrong ?? 1
  })
  if (wrong > TRIES) throw locked()
  return wrong
}

const locked = (): Problem =>
  new Problem(
    423,
    'locked',
    'Too many wrong PINs on this tablet.',
    'Wait five minutes, or ask a supervisor for a new PIN.',
    LOCKED_MS / 1000
  )
