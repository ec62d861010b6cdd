/**
 * A list of texts as one parameter of a statement. PostgreSQL's own array text puts a backslash before every quote of every
 * event, which costs more than hashing it; texts that are only joined by a character that none of them has cost next to nothing.
 */
import type { PendingQuery, Row, TransactionSql } from 'postgres'

const BETWEEN = '\u0001'
const NOTHING = '\u0002'

/** A fragment of SQL that is a `text[]` with these elements in this order. */
export const textList = (tx: TransactionSql, list: readonly (string | null)[]) => {
  const joined = list.map(text => text ?? NOTHING).join(BETWEEN)
  return isPlain(list, joined)
    ? tx`string_to_array(${joined}::text, ${BETWEEN}::text, ${NOTHING}::text)`
    : tx`${[...list]}::text[]`
}

type Fragment = PendingQuery<Row[]>

/**
 * Rows by their columns, for a statement to select from. Mostly one tablet sends one kind of event: texts that are all the same
 * are sent as one. The names stand in the statement as they are.
 */
export const table = <N extends string>(
  tx: TransactionSql,
  columns: Readonly<Record<N, Fragment | readonly (string | null)[]>>
): { readonly column: (name: N) => Fragment; readonly from: Fragment } => {
  const shared = new Map<string, Fragment>()
  const [names, lists]: [string[], Fragment[]] = [[], []]
  for (const [name, list] of Object.entries<Fragment | readonly (string | null)[]>(columns)) {
    if (isList(list) && list.every(text => text === list[0])) shared.set(name, tx`${list[0] ?? null}::text`)
    else {
      names.push(name)
      lists.push(isList(list) ? textList(tx, list) : list)
    }
  }
  const all = lists.reduce((before, list) => tx`${before}, ${list}`)
  return {
    column: name => shared.get(name) ?? tx.unsafe(name),
    from: tx`unnest(${all}) AS v(${tx.unsafe(names.join(', '))})`
  }
}

const isList = (column: Fragment | readonly (string | null)[]): column is readonly (string | null)[] =>
  Array.isArray(column)

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
