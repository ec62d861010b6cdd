/**
 * What our own labels say. Only A-Z, 0-9 and '-', so that no keyboard layout of a wedge scanner can bend them
 * (research/ux.md 1.9). What begins with none of the prefixes is a lot, a serial or somebody else's code.
 */
export type Label =
  | { readonly label: 'job-card'; readonly workOrder: string; readonly op: number }
  | { readonly label: 'work-order'; readonly workOrder: string }
  | { readonly label: 'badge'; readonly badge: string }
  | { readonly label: 'tool'; readonly tool: string }
  | { readonly label: 'location'; readonly location: string }
  | { readonly label: 'sscc'; readonly handlingUnit: string }
  | { readonly label: 'other'; readonly text: string }

/** `WO-0012-30` is operation 30 of work order WO-0012. */
export const jobCardLabel = (workOrder: string, op: number): string => `${workOrder}-${op}`

export const readLabel = (raw: string): Label => {
  const text = raw.trim().toUpperCase()
  const jobCard = /^(WO-[A-Z0-9]+(?:-[A-Z0-9]+)*?)-(\d{1,4})$/.exec(text)
  if (jobCard?.[1] && /^WO-[A-Z0-9-]+$/.test(jobCard[1]))
    return { label: 'job-card', workOrder: jobCard[1], op: Number(jobCard[2]) }
  if (/^WO-[A-Z0-9-]+$/.test(text)) return { label: 'work-order', workOrder: text }
  if (/^B-[A-Z0-9]+$/.test(text)) return { label: 'badge', badge: text }
  if (/^T-[A-Z0-9-]+$/.test(text)) return { label: 'tool', tool: text }
  if (/^LOC-[A-Z0-9-]+$/.test(text)) return { label: 'location', location: text }
  const sscc = /^(?:\(00\)|00)(\d{18})$/.exec(text)
  if (sscc?.[1]) return { label: 'sscc', handlingUnit: sscc[1] }
  return { label: 'other', text: raw.trim() }
}
