/** Arrows go from one button of a row to the next; only one of them is in the order of Tab. */
export const stepFocus = (event: KeyboardEvent): void => {
  const at = event.target
  if (!(at instanceof HTMLElement)) return
  const to = NEXT[event.key]?.(at)
  if (!(to instanceof HTMLElement)) return
  event.preventDefault()
  at.tabIndex = -1
  to.tabIndex = 0
  to.focus()
}

const NEXT: Readonly<Record<string, (at: Element) => Element | null | undefined>> = {
  ArrowRight: at => at.nextElementSibling,
  ArrowLeft: at => at.previousElementSibling,
  Home: at => at.parentElement?.firstElementChild,
  End: at => at.parentElement?.lastElementChild
}
