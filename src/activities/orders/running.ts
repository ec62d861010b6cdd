/** The state of an operation, as work order and job keep it alike. */
import { present } from './fold.ts'

export type OperationState = 'waiting' | 'running' | 'paused' | 'done'

export type Running = {
  readonly state: OperationState
  readonly station?: string
  readonly since?: string
  readonly reason?: string
}

/** Drops the marks of the state before, then sets those of the next. A done operation stays done. */
export const turned = <T extends Running>(was: T, to: Running): T => {
  if (was.state === 'done') return was
  const { station: _station, since: _since, reason: _reason, ...rest } = was
  // What was taken out is optional in every T that extends Running; `to` brings back what the new state has.
  return { ...rest, ...to } as T
}

export const runningAt = (station: string, at: string): Running => ({ state: 'running', station, since: at })
export const pausedFor = <T extends Running>(was: T, reason: string, at: string): T =>
  was.state === 'running'
    ? turned(was, { state: 'paused', since: at, reason, ...present({ station: was.station }) } as Running)
    : was
export const doneAt = (was: Running, at: string): Running =>
  ({ state: 'done', since: at, ...present({ station: was.station }) }) as Running

/** Pieces taken back from a done operation are pieces to do: it is open again, and waits to be resumed. */
export const openedAgain = <T extends Running>(was: T, at: string): T => {
  if (was.state !== 'done') return was
  const { state: _, ...rest } = was
  return { ...rest, state: 'paused', since: at } as T
}
