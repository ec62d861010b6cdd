/** The run, event by event, in sentences. Times are the recording tablet's; the order is the office's. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import type { Floor } from '#ui/floor.tsx'
import { Shape } from '#ui/state-mark.tsx'
import type { Names } from '../says.ts'
import { sentenceOf } from '../sentences.ts'
import type { Told } from '../story.ts'
import css from './trace-desk.module.css'

/** `all`: from the first event on, not only the last ones. */
type Props = {
  readonly floor: Floor
  readonly events: readonly Told[]
  readonly all: boolean
  readonly onAll: () => void
}

const SHOWN = 200
/** Later than this on the way, in milliseconds, is worth saying. */
const LATE = 60_000

export const Timeline = ({ floor, events, all, onAll }: Props) => {
  const [turning, setTurning] = useState(false)
  const names = namesOf(floor)
  const told = events.map(event => ({ event, ...sentenceOf(event.type, event.payload, names) }))
  const wanted = turning ? told.filter(({ tone, event }) => tone !== 'normal' || event.flags.length > 0) : told
  const shown = all ? wanted : wanted.slice(-SHOWN)
  return (
    <section class={css.section}>
      <header class={css.head}>
        <h2>
          What happened <span>{events.length} events</span>
        </h2>
        <div class={css.filters}>
          <Button chosen={!turning} onPress={() => setTurning(false)}>
            Everything
          </Button>
          <Button chosen={turning} onPress={() => setTurning(true)}>
            Decisions and stops
          </Button>
        </div>
      </header>
      {shown.length < wanted.length && <Button onPress={onAll}>Show the {wanted.length - shown.length} before</Button>}
      {wanted.length === 0 && <p class={css.sub}>No decision and no stop so far.</p>}
      <ol class={css.timeline}>
        {shown.map(({ event, text, tone }, i) => (
          <li key={event.id} data-tone={tone}>
            <span class={css.day}>{dayOf(event.at) === dayOf(shown[i - 1]?.event.at) ? '' : dayOf(event.at)}</span>
            <time dateTime={event.at}>{timeOf(event.at)}</time>
            <span class={css.mark}>
              <Shape level={tone} />
            </span>
            <div>
              <p>{text}</p>
              <p class={css.by}>
                {floor.nameOf(event.person)}
                {late(event) && ` · reached the office ${dayOf(event.received)} ${timeOf(event.received)}`}
                {event.flags.length > 0 && (
                  <strong> · marked: {event.flags.map(code => floor.say({ refused: code })).join(' ')}</strong>
                )}
              </p>
            </div>
            <code class={css.hash} title={`Event ${event.seq}, ${event.h}`}>
              {event.h.slice(0, 8)}
            </code>
          </li>
        ))}
      </ol>
    </section>
  )
}

const namesOf = (floor: Floor): Names => {
  const lists = (['scrap', 'rework', 'defect', 'hold', 'pause', 'andon'] as const).flatMap(list => floor.reasons(list))
  const named = new Map(lists.map(({ code, name }) => [code, name.toLowerCase()]))
  return { station: floor.stationName, reason: code => named.get(code) ?? code.replaceAll('-', ' ') }
}

const late = ({ at, received }: Told): boolean => Date.parse(received) - Date.parse(at) > LATE

const two = (part: number): string => String(part).padStart(2, '0')
const dayOf = (at: string | undefined): string => {
  if (at === undefined) return ''
  const day = new Date(at)
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
const timeOf = (at: string): string => {
  const time = new Date(at)
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
}
