import { useEffect } from 'preact/hooks'

/** Keys closer together than this come from a scanner. */
const SCANNER_GAP = 60

/** The space bar presses the screen's one primary button while nothing else has the focus. */
export const usePrimaryKey = (): void => {
  useEffect(() => {
    let last = -Infinity
    const listen = (event: KeyboardEvent) => {
      const quick = event.timeStamp - last < SCANNER_GAP
      last = event.timeStamp
      if (event.key !== ' ' || event.repeat || quick || event.target !== document.body) return
      if (document.querySelector('[aria-modal="true"]')) return
      const primary = document.querySelector<HTMLElement>('[data-primary]')
      if (!primary) return
      event.preventDefault()
      primary.click()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
