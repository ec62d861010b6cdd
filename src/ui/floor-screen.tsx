/** The frame of every operator screen: bar on top, content, and one primary action in the same place at the bottom. */
import { type ComponentChildren, type ComponentType, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import css from './floor-screen.module.css'
import { TopBar } from './top-bar.tsx'

/** The call for help. `ui` knows no activity, so `app` says which part it is. */
export const HelpSlot = createContext<ComponentType | undefined>(undefined)

type Props = {
  readonly title: string
  readonly sub?: string | undefined
  /** Usually Back. */
  readonly left?: ComponentChildren
  /** One `Button tone="primary"`. */
  readonly primary: ComponentChildren
  /** The call for help unless given. */
  readonly right?: ComponentChildren
  readonly children: ComponentChildren
}

export const FloorScreen = ({ title, sub, left, primary, right, children }: Props) => {
  const Help = useContext(HelpSlot)
  return (
    <div class={css.screen}>
      <TopBar title={title} sub={sub} />
      <main class={css.content}>{children}</main>
      <footer class={css.actions}>
        {left !== undefined && <div class={css.side}>{left}</div>}
        <div class={css.primary}>{primary}</div>
        <div class={css.side}>{right !== undefined ? right : Help && <Help />}</div>
      </footer>
    </div>
  )
}
