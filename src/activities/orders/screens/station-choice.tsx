/** Where an operation may be done: one or several of the plant's stations. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { matches, Quiet, Row } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { routingStationView } from '../routing-view.ts'
import css from './routing.module.css'

/** More than these and they are searched. */
const SHOWN = 60

type Props = {
  readonly title: string
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly onClose: () => void
}

export const StationChoice = ({ title, chosen, onChange, onClose }: Props) => {
  const floor = useFloor()
  const [typed, setTyped] = useState('')
  const all = floor.list(routingStationView).map(([, one]) => one)
  const gone = chosen.filter(one => !all.some(({ station }) => station === one))
  const found = all.filter(one => matches(typed, one.station, one.name, one.line))
  const turn = (station: string) =>
    onChange(chosen.includes(station) ? chosen.filter(one => one !== station) : [...chosen, station])
  return (
    <Dialog title={title} onClose={onClose}>
      <div class={css.choice}>
        {all.length > 12 && (
          <TextInput type="search" label="Find a station" value={typed} onChange={setTyped} autoFocus />
        )}
        <div class={css.stations} role="group" aria-label="Stations">
          {[...gone.map(station => ({ station, name: 'not known' })), ...found.slice(0, SHOWN)].map(
            ({ station, name }) => (
              <label key={station}>
                <input
                  class={css.box}
                  type="checkbox"
                  checked={chosen.includes(station)}
                  onChange={() => turn(station)}
                />
                <strong>{station}</strong> {name}
              </label>
            )
          )}
        </div>
        {found.length > SHOWN && <Quiet>and {found.length - SHOWN} more. Type a part of the number or the name.</Quiet>}
        {all.length === 0 && <Quiet>No station is known yet. They come with stations.csv under Import.</Quiet>}
        <Row>
          <Button tone="primary" onPress={onClose}>
            {chosen.length === 0 ? 'Close' : `Done: ${chosen.join(', ')}`}
          </Button>
        </Row>
      </div>
    </Dialog>
  )
}
