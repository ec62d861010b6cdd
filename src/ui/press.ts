/** One press is one press: gloves bounce, so a second tap on the same control is not heard for a while. */
import { useRef } from 'preact/hooks'

/** Milliseconds in which a second tap on the same control is a bounce. */
export const BOUNCE = 400
/** Keys that are rightly pressed twice in a row, as in 11, only ignore the bounce of a contact. */
export const KEY_BOUNCE = 90

/** True for a tap that counts. `now` and `last` in milliseconds of one clock. */
export const counts = (now: number, last: number | undefined, bounce = BOUNCE): boolean =>
  last === undefined || now - last >= bounce || now < last

type Pointer = { readonly currentTarget: EventTarget | null }

const press = (event: Pointer): void => mark(event, true)
const release = (event: Pointer): void => mark(event, false)
const mark = ({ currentTarget }: Pointer, pressed: boolean): void => {
  if (currentTarget instanceof HTMLElement) currentTarget.toggleAttribute('data-pressed', pressed)
}

/**
 * What a pressable element is spread with. The browser's own click is heard on pointer-up inside; `data-pressed` is set
 * by hand because `:active` comes late on some tablets.
 */
export const usePress = (onPress: () => void, bounce = BOUNCE) => {
  const last = useRef<number>()
  return {
    onPointerDown: press,
    onPointerUp: release,
    onPointerLeave: release,
    onPointerCancel: release,
    onClick: (event: MouseEvent) => {
      if (!counts(event.timeStamp, last.current, bounce)) return
      last.current = event.timeStamp
      onPress()
    }
  }
}
