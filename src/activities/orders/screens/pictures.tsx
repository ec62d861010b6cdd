/** Pictures of the home screen; words beside them say the same. */
import css from './station-home.module.css'

export const CameraIcon = () => (
  <svg
    aria-hidden="true"
    viewBox="0 0 24 24"
    width="32"
    height="32"
    fill="none"
    stroke="currentColor"
    stroke-width="2.2"
    stroke-linejoin="round"
  >
    <path d="M3 8V4h4M17 4h4v4M21 16v4h-4M7 20H3v-4" />
    <path d="M7 12h10" />
  </svg>
)

export const ScanIcon = () => (
  <svg aria-hidden="true" viewBox="0 0 40 40" width="40" height="40" fill="currentColor">
    <path d="M4 8h3v24H4zM10 8h2v24h-2zM15 8h5v24h-5zM23 8h2v24h-2zM28 8h3v24h-3zM34 8h2v24h-2z" />
  </svg>
)

/** A job card as it is printed, so that a newcomer knows what to look for. */
export const CardPicture = () => (
  <svg viewBox="0 0 200 120" class={css.picture} aria-hidden="true">
    <rect
      x="1.5"
      y="1.5"
      width="197"
      height="117"
      rx="8"
      fill="var(--surface)"
      stroke="var(--outline)"
      stroke-width="3"
    />
    <path d="M18 26h76M18 44h52" stroke="var(--ink)" stroke-width="7" stroke-linecap="round" />
    <path
      d="M18 66v36M25 66v36M34 66v36M40 66v36M51 66v36M57 66v36M68 66v36M74 66v36M84 66v36M91 66v36"
      stroke="var(--ink)"
      stroke-width="4"
    />
    <path d="M128 24h50v50h-50z" fill="none" stroke="var(--ink)" stroke-width="5" stroke-dasharray="8 5" />
    <path d="M140 36h10v10h-10zM156 36h10v10h-10zM148 52h12v10h-12z" fill="var(--ink)" />
  </svg>
)
