/** What the job is, while nobody works on a step of it: before the start, in a pause, when it is done, or when it has no steps. */
import { useFloor } from '#ui/floor.tsx'
import { type Level, StateMark } from '#ui/state-mark.tsx'
import type { OperationState as State } from '../projection.ts'
import { expected, handedOver, operationBefore } from '../readiness.ts'
import { dayWord, pieces, stateWord, timeWord } from '../format.ts'
import css from './before-start.module.css'
import type { OperationState } from './use-operation.ts'

const levels: Record<State, Level> = { waiting: 'info', running: 'normal', paused: 'attention', done: 'normal' }

export const BeforeStart = ({ state }: { readonly state: OperationState }) => {
  const { order, operation, detail } = state
  const before = operationBefore(order, operation.op)
  return (
    <section class={css.job}>
      <h2>{operation.name}</h2>
      <p class={css.state}>
        <StateMark level={levels[operation.state]} word={stateWord[operation.state]} />
        <Since state={state} />
      </p>
      <p class={css.count} data-nocut="">
        <b>{operation.good}</b> of {expected(order, operation.op)} good
      </p>
      {(operation.scrap > 0 || operation.rework > 0) && (
        <p>
          {operation.scrap} scrap · {operation.rework} rework
        </p>
      )}
      <dl class={css.facts}>
        <div>
          <dt>Item</dt>
          <dd>
            {order.itemName}
            <br />
            <span data-nocut="">
              {order.item} rev {order.revision}
            </span>
          </dd>
        </div>
        <div>
          <dt>{order.label ?? 'Order'}</dt>
          <dd>
            {pieces(order.quantity)}
            {order.customer && (
              <>
                <br />
                {order.customer}
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Due</dt>
          <dd>{dayWord(order.due)}</dd>
        </div>
        {before && (
          <div>
            <dt>From operation {before.op}</dt>
            <dd>{pieces(handedOver(order, operation.op))}</dd>
          </div>
        )}
        {operation.tools && (
          <div>
            <dt>Tools</dt>
            <dd>
              {operation.tools.map(tool => (
                <div key={tool} data-nocut="">
                  {tool}
                </div>
              ))}
            </dd>
          </div>
        )}
      </dl>
      {detail && detail.steps.length > 0 && (
        <ol class={css.steps}>
          {detail.steps.map(step => (
            <li key={step.step}>
              <b>{step.step}</b> {step.title}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const Since = ({ state: { operation, job } }: { readonly state: OperationState }) => {
  const floor = useFloor()
  const mark = job?.times.at(-1)
  if (!mark || operation.since === undefined) return null
  const name = floor.reasons('pause').find(one => one.code === operation.reason)?.name
  const why = operation.state === 'paused' ? (name ?? operation.reason ?? 'A report was taken back') : undefined
  return <span>{[why, `${timeWord(operation.since)} by ${floor.nameOf(mark.person)}`].filter(Boolean).join(', ')}</span>
}
