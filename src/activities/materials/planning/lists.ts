/**
 * Many short lists in few long arrays: one list for each item, packed when the plan is made whole, moved to the end when
 * a change needs more room. Every list of the engine is of this kind.
 */

export type Lists = {
  /** By item: where its list begins, how long it is, how long it may become there. */
  readonly offset: Int32Array
  readonly count: Int32Array
  readonly room: Int32Array
  /** Entries: a slot, a key that the owner of the list understands, a whole quantity. */
  slot: Int32Array
  key: Int32Array
  quantity: Float64Array
  /** First free entry. */
  end: number
}

export type Entries = {
  readonly slot: Int32Array
  readonly key: Int32Array
  readonly quantity: Float64Array
}

/** From packed entries and their offsets, one more than there are lists. */
export const listsOf = (offsets: Int32Array, { slot, key, quantity }: Entries): Lists => {
  const items = offsets.length - 1
  const count = new Int32Array(items)
  for (let item = 0; item < items; item++) count[item] = (offsets[item + 1] ?? 0) - (offsets[item] ?? 0)
  return { offset: offsets.slice(0, items), count, room: count.slice(), slot, key, quantity, end: slot.length }
}

/** Empty lists with room for `size` entries in all. */
export const emptyLists = (items: number, size: number): Lists => ({
  offset: new Int32Array(items),
  count: new Int32Array(items),
  room: new Int32Array(items),
  slot: new Int32Array(size),
  key: new Int32Array(size),
  quantity: new Float64Array(size),
  end: 0
})

/** Makes room for a list of `count` and answers where it begins. What stood there may be gone afterwards. */
export const place = (lists: Lists, item: number, count: number): number => {
  lists.count[item] = count
  if (count <= (lists.room[item] ?? 0)) return lists.offset[item] ?? 0
  // A list that had room before has outgrown it, and may grow again.
  const room = (lists.room[item] ?? 0) > 0 ? count + 4 + (count >> 2) : count
  const offset = lists.end
  lists.end = offset + room
  lists.offset[item] = offset
  lists.room[item] = room
  if (lists.end > lists.slot.length) grow(lists)
  return offset
}

const grow = (lists: Lists): void => {
  const size = Math.ceil(lists.end * 1.3) + 1024
  lists.slot = longer(lists.slot, size)
  lists.key = longer(lists.key, size)
  lists.quantity = longer(lists.quantity, size)
}

const longer = <T extends Int32Array | Float64Array>(old: T, size: number): T => {
  const made = old instanceof Int32Array ? new Int32Array(size) : new Float64Array(size)
  made.set(old)
  return made as T // the same kind as `old`, by the line above
}

/** Writes a whole list. */
export const write = (lists: Lists, item: number, { slot, key, quantity }: Entries, count: number): void => {
  const at = place(lists, item, count)
  for (let k = 0; k < count; k++) {
    lists.slot[at + k] = slot[k] ?? 0
    lists.key[at + k] = key[k] ?? 0
    lists.quantity[at + k] = quantity[k] ?? 0
  }
}
