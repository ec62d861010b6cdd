/** What an empty plant does first, in the order in which one thing needs the other. Gone when the first order is there. */
import { personView, tabletView } from '#plant/projection.ts'
import { documentView } from '#activities/documents/projection.ts'
import { itemView } from '#activities/materials/projection.ts'
import { Card } from '#ui/card.tsx'
import { useFloor } from '#ui/floor.tsx'
import { StateMark } from '#ui/state-mark.tsx'
import css from './desk-home.module.css'

export const FirstSteps = () => {
  const floor = useFloor()
  const steps = [
    {
      to: '/admin',
      done: floor.stations().length > 0,
      face: 'Lines and stations',
      about: 'Where work is done, under Plant'
    },
    {
      to: '/admin',
      done: floor.list(personView).length > 1,
      face: 'People',
      about: 'Their badges, PINs and what they may do, under Plant'
    },
    {
      to: '/admin',
      done: floor.list(tabletView).some(([, one]) => one.use === 'station'),
      face: 'A tablet at a station',
      about: 'Show a code under Plant and scan it there'
    },
    {
      to: '/import',
      done: floor.list(itemView).length > 0,
      face: 'Items, BOMs and routings',
      about: 'Bring your CSV files; nothing is written before you have seen it'
    },
    {
      to: '/documents',
      done: floor.list(documentView).length > 0,
      face: 'Build documents',
      about: 'Upload the PDFs and release them'
    },
    { to: '/orders', done: false, face: 'The first work order', about: 'Create it, release it, print its job cards' }
  ]
  const next = steps.find(one => !one.done)
  return (
    <section class={css.first}>
      <h2>First steps</h2>
      {steps.map(one => (
        <Card key={one.face} level={one === next ? 'info' : 'off'} onPress={() => floor.go(one.to)}>
          <p class={css.name}>{one.face}</p>
          <p>{one.about}</p>
          {one.done && <StateMark level="normal" word="Done" />}
        </Card>
      ))}
    </section>
  )
}
