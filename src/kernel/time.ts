/** Time for people: durations and ages as the floor says them. Instants are ISO 8601 in UTC; clocks are given. */

/** '14 s', '12 min', '3 h 05', '2 d'. `ms` in milliseconds, negative counts as none. */
export const age = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const mins = Math.floor(seconds / 60)
  if (mins < 60) return `${mins} min`
  const hours = Math.floor(mins / 60)
  if (hours < 24) return `${hours} h ${String(mins % 60).padStart(2, '0')}`
  return `${Math.floor(hours / 24)} d`
}

/** '04:10', minutes and seconds of a running timer. `ms` in milliseconds. */
export const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}
