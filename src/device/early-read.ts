/**
 * The first look at what this tablet holds, begun by being imported: opening a database takes as long as evaluating the app, so
 * the two are done at once. This file and what it imports make a script of their own that is evaluated before all others.
 */
import { isDraft } from './drafts.ts'
import { type FirstRead, firstRead } from './first-read.ts'
import { keptSlots } from './kept-slots.ts'
import { FIRST } from './names.ts'

const able = 'indexedDB' in globalThis && 'localStorage' in globalThis

const kept = able ? keptSlots({ local: localStorage, indexedDB, now: () => Date.now(), keeps: isDraft }) : undefined

const look = async (): Promise<FirstRead | undefined> => {
  if (!kept) return undefined
  const [first] = await Promise.all([firstRead({ indexedDB, IDBKeyRange }, shownFirst()), kept.restore()])
  return first
}

/** What the first page shows is known from last time; any other page is given everything. */
const shownFirst = (): readonly string[] | undefined =>
  location.pathname === '/' ? (localStorage.getItem(FIRST)?.split(' ') ?? undefined) : undefined

let begun: Promise<FirstRead | undefined> | undefined = look()

/** The look that is under way, once; whoever looks again sees what is there then. */
export const earlyRead = (): Promise<FirstRead | undefined> => {
  const answer = begun ?? look()
  begun = undefined
  return answer
}

export const earlySlots = () => kept?.slots ?? localStorage
