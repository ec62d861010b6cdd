import css from './progress.module.css'

/** `part` from 0 to 1. */
export const Progress = ({ label, part }: { readonly label: string; readonly part: number }) => {
  const percent = Math.round(Math.min(1, Math.max(0, part)) * 100)
  return (
    <div
      class={css.progress}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span class={css.label}>{label}</span>
      <span class={css.track}>
        <span style={{ inlineSize: `${percent}%` }} />
      </span>
    </div>
  )
}
