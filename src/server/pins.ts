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
/** Wrong tries of one person on one tablet before it has to wait, and how long, in milliseconds. */
const TRIES = 5
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
  const [tried] = await sql<{ wrong: number; last_at: Date }[]>`
    INSERT INTO pin_try (site_id, person, device, wrong, last_at) VALUES (${site}, ${person}, ${device}, 1, now())
    ON CONFLICT (site_id, person, device) DO UPDATE SET last_at = now(),
      wrong = CASE WHEN pin_try.last_at < now() - ${LOCKED_MS} * interval '1 millisecond' THEN 1 ELSE pin_try.wrong + 1 END
    RETURNING wrong, last_at`
  if ((tried?.wrong ?? 0) > TRIES)
    throw new Problem(423, 'locked', 'Too many wrong PINs on this tablet.', 'Wait five minutes, or ask a supervisor for a new PIN.')
  const [row] = await sql<{ salt: string; iterations: number; key: string }[]>`
    SELECT salt, iterations, key FROM person_pin WHERE site_id = ${site} AND person = ${person}`
  const wanted = Buffer.from(row?.key ?? '00'.repeat(32), 'hex')
  const found = await keyOf(pin, row?.salt ?? '00', row?.iterations ?? ITERATIONS)
  if (!row || !timingSafeEqual(wanted, found)) {
    const left = Math.max(0, TRIES - (tried?.wrong ?? 0))
    throw new Problem(403, 'wrong-pin', 'This PIN does not belong to this badge.', left > 0 ? `${left} tries left.` : 'Wait five minutes.')
  }
  await sql`DELETE FROM pin_try WHERE site_id = ${site} AND person = ${person} AND device = ${device}`
}
