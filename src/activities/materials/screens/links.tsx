/** Ways from a number to its document, on this desk. */
import type { ComponentChildren } from 'preact'
import type { Desk } from './desk-state.ts'
import css from './materials-desk.module.css'

type LinkProps = { readonly onPress: () => void; readonly children: ComponentChildren }

/** Looks like a link and stays on the page. */
export const Inside = ({ onPress, children }: LinkProps) => (
  <button type="button" class={css.link} onClick={onPress}>
    {children}
  </button>
)

export const ItemLink = ({ desk, item }: { readonly desk: Desk; readonly item: string }) => (
  <Inside onPress={() => desk.openItem(item)}>{desk.nameOf(item)}</Inside>
)
