/** Which key means what in a sheet, by itself and while something is typed. */

export type KeyAnswer =
  | { readonly do: 'move'; readonly key: string; readonly leap: boolean; readonly extend: boolean }
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'fill'; readonly way: 'down' | 'right' }
  /** `back`: upwards. */
  | { readonly do: 'enter'; readonly back: boolean }
  | { readonly do: 'leave' | 'edit' | 'empty' | 'all' | 'undo' | 'redo' }

const COMMANDS: Readonly<Record<string, KeyAnswer>> = {
  d: { do: 'fill', way: 'down' },
  r: { do: 'fill', way: 'right' },
  a: { do: 'all' },
  z: { do: 'undo' },
  y: { do: 'redo' }
}

/** While something is typed, arrows left and right belong to the text, the others keep it and move on. */
export const keyAnswer = (event: KeyboardEvent, typing: boolean): KeyAnswer | undefined => {
  const { key, shiftKey } = event
  const command = event.ctrlKey || event.metaKey
  if (event.altKey || event.isComposing) return undefined
  if (key === 'Enter') return { do: 'enter', back: shiftKey }
  if (key === 'Tab') {
    return typing ? { do: 'move', key: shiftKey ? 'ArrowLeft' : 'ArrowRight', leap: false, extend: false } : undefined
  }
  if (key === 'Escape') return typing ? { do: 'leave' } : undefined
  if (typing) {
    const on = !command && (key === 'ArrowUp' || key === 'ArrowDown')
    return on ? { do: 'move', key, leap: false, extend: false } : undefined
  }
  if (command && shiftKey && key.toLowerCase() === 'z') return { do: 'redo' }
  if (command && COMMANDS[key.toLowerCase()]) return COMMANDS[key.toLowerCase()]
  if (/^(Arrow|Page|Home|End)/.test(key)) return { do: 'move', key, leap: command, extend: shiftKey }
  if (command) return undefined
  if (key === 'F2') return { do: 'edit' }
  if (key === 'Delete' || key === 'Backspace') return { do: 'empty' }
  return key.length === 1 && key !== ' ' ? { do: 'type', text: key } : undefined
}
