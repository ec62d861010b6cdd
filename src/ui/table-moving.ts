/** Rows that are put into another sequence: dragged with the mouse, or moved with Alt and an arrow, which does the same. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** `onMove`: this row goes to the place of that one. Without it nothing can be moved. */
export const useMoving = <T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  onMove: ((row: T, to: T) => void) | undefined
) => {
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<string>()
  const moved = useRef<HTMLElement>()
  // The browser takes the focus from a row that is put elsewhere; it is given back, so that the next key moves it on.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) moved.current?.focus()
    moved.current = undefined
  }, [rows.map(keyOf).join(' ')])
  const end = () => {
    setDragged(undefined)
    setOver(undefined)
  }
  const drop = (to: T) => {
    const row = rows.find(one => keyOf(one) === dragged)
    if (row !== undefined && row !== to) onMove?.(row, to)
    end()
  }
  return {
    /** True when the key was one that moves, and not one that walks. */
    key: (event: KeyboardEvent, row: T): boolean => {
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (!onMove || !event.altKey || by === 0) return false
      event.preventDefault()
      if (document.activeElement instanceof HTMLElement) moved.current = document.activeElement
      const to = rows[rows.indexOf(row) + by]
      if (to !== undefined) onMove(row, to)
      return true
    },
    row: (row: T) =>
      onMove && {
        draggable: true,
        'data-dragged': dragged === keyOf(row) ? '' : undefined,
        'data-over': over === keyOf(row) && over !== dragged ? '' : undefined,
        onDragStart: () => setDragged(keyOf(row)),
        onDragOver: (event: DragEvent) => {
          if (dragged === undefined) return
          event.preventDefault()
          setOver(keyOf(row))
        },
        onDragEnd: end,
        onDrop: (event: DragEvent) => {
          event.preventDefault()
          drop(row)
        }
      }
  }
}
