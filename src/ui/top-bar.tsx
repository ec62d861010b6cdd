/** The bar on top of every screen: what this is, whether all is sent, who is signed in. */
import { useFloor } from './floor.tsx'
import { usePress } from './press.ts'
import { chipFace } from './sync-chip.ts'
import { Shape } from './state-mark.tsx'
import css from './top-bar.module.css'

export const SyncChip = () => {
  const floor = useFloor()
  const network = floor.network.value
  // Only an outage ages; the other faces need no ticking.
  const face = chipFace(network, network.state === 'offline' ? floor.now.value : 0)
  return (
    <a
      class={css.chip}
      href="/sync"
      data-level={face.level === 'plain' ? undefined : face.level}
      data-state={network.state}
      data-nocut=""
    >
      {face.sign === '▲' ? (
        <Shape level="attention" />
      ) : face.sign === '■' ? (
        <Shape level="stop" />
      ) : (
        <span aria-hidden="true">{face.sign}</span>
      )}
      <span>{face.text}</span>
    </a>
  )
}

export const PersonButton = () => {
  const floor = useFloor()
  const person = floor.person.value
  const pressing = usePress(() => floor.go('/sign-in'))
  return (
    <button type="button" class={css.person} {...pressing}>
      <span class={css.name}>{person?.name ?? 'Nobody signed in'}</span>
      <span class={css.switch}>{person ? 'Switch user' : 'Sign in'}</span>
    </button>
  )
}

type Props = { readonly title: string; readonly sub?: string | undefined }

export const TopBar = ({ title, sub }: Props) => {
  const floor = useFloor()
  const station = floor.place.station
  const place = station ? `${station} ${floor.stationName(station)}` : undefined
  const under = [place === title ? undefined : place, sub].filter(Boolean).join(' · ')
  return (
    <header class={css.bar}>
      <div class={css.titles}>
        <h1 data-nocut="">{title}</h1>
        {under && <p>{under}</p>}
      </div>
      <SyncChip />
      <PersonButton />
    </header>
  )
}
