/** Canonical JSON (RFC 8785, JCS): one byte sequence for one value, so that it can be hashed and compared. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * The canonical text of a JSON value. Keys are sorted by UTF-16 code unit, `undefined` members are left out.
 * @throws TypeError for NaN, infinities and lone surrogates, which JSON can't carry.
 */
export const canonical = (value: Json): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`)
  if (typeof value === 'string') {
    if (PLAIN.test(value)) return `"${value}"`
    if (!value.isWellFormed()) throw new TypeError('text with a lone surrogate')
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) members.push(`${PLAIN.test(key) ? `"${key}"` : JSON.stringify(key)}:${canonical(member)}`)
  }
  return `{${members.join(',')}}`
}

/** Most texts are names and numbers, which nothing has to be escaped in. */
const PLAIN = /^[ !#-[\]-~]*$/

const isList = (value: object): value is readonly Json[] => Array.isArray(value)
