/**
 * Batches on their way. The engine decides about one batch at a time and in order; while the office works on that one, the next
 * is sent behind it, so that neither end waits for the other. What is sent ahead is a guess about what the engine will ask for:
 * it counts only when its turn comes, the outbox still begins with just these events, and the office took all of them.
 */
import type { Answer } from './exchange.ts'
import type { PushedEvent, PushReply } from './protocol.ts'

/** One batch that was sent. `answer` never throws. */
export type Sent = {
  readonly sender: string
  readonly chain: string
  readonly events: readonly PushedEvent[]
  readonly asked: number
  readonly answer: Promise<Told>
}
export type Told = { readonly answer: Answer; readonly reply: PushReply | undefined; readonly took: number }

/** How many batches may be on their way at once, the engine's own included. */
export const ABREAST = 2
/** Only over a line that answered the last batch within so many ms: a slow radio would carry both too slowly. */
export const BRISK = 1_500

export type Ahead = {
  /** The batch that was sent ahead, if it is what the outbox begins with; undefined when it is not. */
  take(sender: string, chain: string, waiting: readonly PushedEvent[]): Promise<Sent | undefined>
  readonly size: () => number
  /** How many events are on their way behind the batch in hand. */
  readonly events: () => number
  add(sent: Sent): void
  /** Waits until everything sent ahead was answered, and forgets it. Answers whether all of it was answered at all. */
  drain(): Promise<boolean>
  forget(): void
}

export const aheadLine = (): Ahead => {
  let line: Sent[] = []
  const drain = async (): Promise<boolean> => {
    const all = line
    line = []
    const told = await Promise.all(all.map(sent => sent.answer))
    return told.every(({ answer }) => answer.answer !== 'unreachable')
  }
  return {
    take: async (sender, chain, waiting) => {
      const first = line[0]
      if (!first) return undefined
      if (first.sender === sender && first.chain === chain && beginsWith(waiting, first.events)) {
        line = line.slice(1)
        return first
      }
      await drain()
      return undefined
    },
    size: () => line.length,
    events: () => line.reduce((sum, { events }) => sum + events.length, 0),
    add: sent => {
      line.push(sent)
    },
    drain,
    forget: () => {
      line = []
    }
  }
}

/** Whether the office took every event of a batch, one way or another. */
export const isTaken = ({ verdicts }: PushReply): boolean =>
  verdicts.every(({ verdict }) => verdict !== 'gap' && verdict !== 'fork' && verdict !== 'retry')

const beginsWith = (waiting: readonly PushedEvent[], events: readonly PushedEvent[]): boolean =>
  events.length <= waiting.length && events.every(({ id, h }, at) => waiting[at]?.id === id && waiting[at]?.h === h)
