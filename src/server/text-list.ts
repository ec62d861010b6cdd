/**
 * A list of texts as one parameter of a statement. PostgreSQL's own array text puts a backslash before every quote of every
 * event, which costs more than hashing it; texts that are only joined by a character that none of them has cost next to nothing.
 */
import type { TransactionSql } from 'postgres'

const BETWEEN = '\u0001'
const NOTHING = '\u0002'

/** A fragment of SQL that is a `text[]` with these elements in this order. */
export const textList = (tx: TransactionSql, list: readonly (string | null)[]) => {
  const joined = list.map(text => text ?? NOTHING).join(BETWEEN)
  return isPlain(list, joined)
    ? tx`string_to_array(${joined}::text, ${BETWEEN}::text, ${NOTHING}::text)`
    : tx`${[...list]}::text[]`
}

/** Whole numbers or UUIDs, which need no quoting. */
export const plainList = (list: readonly (string | number)[]): string => `{${list.join(',')}}`

/** One empty text alone would be read as an empty list; a text that has one of our characters would be read as two. */
const isPlain = (list: readonly (string | null)[], joined: string): boolean =>
  list.length > 1 && countOf(joined, BETWEEN) === list.length - 1 && !list.includes(NOTHING)

const countOf = (text: string, wanted: string): number => {
  let count = 0
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) count++
  return count
}
