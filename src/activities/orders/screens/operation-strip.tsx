/** Where an order stands: one mark for each operation, in the order of work, with the words for who can't see it. */
import type { WorkOrder } from '../projection.ts'
import { operationMark } from './desk-words.ts'
import css from './operation-strip.module.css'

export const OperationStrip = ({ order }: { readonly order: WorkOrder }) => {
  const { operations } = order
  if (operations.length === 0) return null
  const done = operations.filter(({ state }) => state === 'done').length
  const now = operations.find(({ state }) => state === 'running' || state === 'paused')
  return (
    <span class={css.strip}>
      <span class={css.marks} aria-hidden="true">
        {operations.map(one => (
          <span key={one.op} data-state={one.state} title={`${one.op} ${one.name}: ${operationMark(one).word}`} />
        ))}
      </span>
      <span class={css.words}>
        {done} of {operations.length}
        {now && <small>{now.name}</small>}
      </span>
    </span>
  )
}
