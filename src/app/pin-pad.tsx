/** Six digits, shown as dots. Not the number pad: a PIN keeps its leading zeros and is never read out. */
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import css from './pin-pad.module.css'

export const PIN_LENGTH = 6

/** The digits after a key; undefined for a key that means nothing here. */
export const typePin = (digits: string, key: string): string | undefined => {
  if (/^[0-9]$/.test(key)) return digits.length < PIN_LENGTH ? digits + key : digits
  if (key === 'Backspace') return digits.slice(0, -1)
  return key === 'Delete' ? '' : undefined
}

type Props = { readonly digits: string; readonly busy: boolean; readonly onChange: (digits: string) => void }

export const PinPad = ({ digits, busy, onChange }: Props) => {
  const hear = (key: string): void => {
    const next = busy ? undefined : typePin(digits, key)
    if (next !== undefined && next !== digits) onChange(next)
  }
  useKeyboard(hear)
  return (
    <div class={css.pad} role="group" aria-label="PIN" aria-busy={busy}>
      <p class={css.dots} role="status" aria-label={`${digits.length} of ${PIN_LENGTH} digits`}>
        {Array.from({ length: PIN_LENGTH }, (_, i) => (
          <span key={i} data-filled={i < digits.length ? '' : undefined} />
        ))}
      </p>
      {[...'123456789'].map(digit => (
        <Button key={digit} repeat onPress={() => hear(digit)}>
          {digit}
        </Button>
      ))}
      <Button label="Clear" repeat onPress={() => hear('Delete')}>
        C
      </Button>
      <Button repeat onPress={() => hear('0')}>
        0
      </Button>
      <Button label="Delete last" repeat onPress={() => hear('Backspace')}>
        ⌫
      </Button>
    </div>
  )
}

/** Milliseconds between keys: closer together they come from a scanner, whose digits are no PIN. */
const SCANNER_GAP = 40

/** A keyboard's keys, heard a moment late so that a scanned badge does not fill in digits. */
const useKeyboard = (hear: (key: string) => void): void => {
  const latest = useRef(hear)
  latest.current = hear
  useEffect(() => {
    let last = -Infinity
    let timer: ReturnType<typeof setTimeout> | undefined
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return
      const quick = event.timeStamp - last < SCANNER_GAP
      last = event.timeStamp
      clearTimeout(timer)
      if (!quick) timer = setTimeout(() => latest.current(event.key), SCANNER_GAP)
    }
    addEventListener('keydown', listen)
    return () => {
      clearTimeout(timer)
      removeEventListener('keydown', listen)
    }
  }, [])
}
