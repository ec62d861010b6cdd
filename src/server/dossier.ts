/**
 * Checks an exported dossier without a server and without trust in us: each line holds an event's exact bytes and its hash.
 *
 * What can be proved from the file alone: every body has its hash; within one install's chain each event names the hash of
 * the one before; and where two lines follow each other in the office's order, the running root follows too. A dossier of one
 * work order leaves out what others did in between; such gaps are counted, not held against it. That none of its own lines is
 * missing is what the seal in the last line says (`dossier-seal.ts`).
 */
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { brokenSeal, fingerprint, sealLine } from './dossier-seal.ts'

const line = z.object({ seq: z.int().positive(), id: z.string(), h: z.string(), body: z.string(), root: z.string() })
const body = z.object({ id: z.string(), chain: z.string(), n: z.int().positive(), prev: z.string() })

export type Line = z.infer<typeof line>
export type Report = {
  readonly events: number
  readonly chains: number
  /** Links between neighbours that were checked and hold. */
  readonly links: number
  readonly roots: number
  /** Neighbours with something left out between them: in a chain or in the office's order. */
  readonly gaps: number
  /** Fingerprint of the plant's key, where the file bears a seal that holds. */
  readonly sealedBy: string | undefined
  /** What is wrong, each a sentence that begins with its line number. */
  readonly faults: readonly string[]
}

type Last = { n: number; h: string }
type State = {
  events: number
  links: number
  roots: number
  gaps: number
  chains: Map<string, Last>
  last?: Line
  hashes: string[]
  sealedBy?: string
  sealed: boolean
  faults: string[]
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Reads JSON lines. Every fault is found, not only the first. */
export const checkDossier = async (lines: AsyncIterable<string> | Iterable<string>): Promise<Report> => {
  const state: State = {
    events: 0,
    links: 0,
    roots: 0,
    gaps: 0,
    chains: new Map(),
    hashes: [],
    sealed: false,
    faults: []
  }
  let number = 0
  for await (const text of lines) {
    number += 1
    if (text.trim() !== '') checkLine(state, number, text)
  }
  if (state.events === 0) state.faults.push('There is no event in this file')
  else if (!state.sealed) state.faults.push('There is no seal at the end: lines may have been left out')
  const { events, links, roots, gaps, sealedBy, faults } = state
  return { events, chains: state.chains.size, links, roots, gaps, sealedBy, faults }
}

const checkLine = (state: State, number: number, text: string): void => {
  const say = (fault: string): void => void state.faults.push(`Line ${number}: ${fault}`)
  if (state.sealed) return say('comes after the seal')
  const seal = parsed(sealLine, text)
  if (seal) {
    state.sealed = true
    const broken = brokenSeal(seal, state.hashes)
    if (broken) say(broken)
    else state.sealedBy = fingerprint(seal.seal.key)
    return
  }
  const event = parsed(line, text)
  if (!event) return say('is not an event with seq, id, h, body and root')
  state.events += 1
  state.hashes.push(event.h)
  if (sha256(event.body) !== event.h) say('its bytes do not have the hash that stands beside them')
  const inner = parsed(body, event.body)
  if (!inner) say('its body is not an event')
  else checkChain(state, event, inner, say)
  checkOrder(state, event, say)
}

const checkChain = (state: State, event: Line, inner: z.infer<typeof body>, say: (fault: string) => void): void => {
  if (inner.id !== event.id) say('its id is not the one in its body')
  const last = state.chains.get(inner.chain)
  state.chains.set(inner.chain, { n: inner.n, h: event.h })
  if (inner.n === 1 && inner.prev !== '') return say('the first event of a chain names one before it')
  if (last === undefined) return
  if (inner.n <= last.n) return say(`number ${inner.n} comes after number ${last.n} of the same chain`)
  if (inner.n > last.n + 1) state.gaps += 1
  else if (inner.prev === last.h) state.links += 1
  else say('it does not name the event before it in its chain')
}

const checkOrder = (state: State, event: Line, say: (fault: string) => void): void => {
  const last = state.last
  state.last = event
  const before = event.seq === 1 ? '' : last?.seq === event.seq - 1 ? last.root : undefined
  if (last && event.seq <= last.seq) return say(`sequence ${event.seq} comes after ${last.seq}`)
  if (before === undefined) state.gaps += last ? 1 : 0
  else if (sha256(before + event.h) === event.root) state.roots += 1
  else say('the running root does not follow from the line before')
}

const parsed = <T>(shape: z.ZodType<T>, text: string): T | undefined => {
  try {
    const found = shape.safeParse(JSON.parse(text))
    return found.success ? found.data : undefined
  } catch {
    return undefined
  }
}
