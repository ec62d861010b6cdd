/** What a line may do to what goes through it, and how often it does just now. */
import type { Said } from './said.ts'

/** Parts of 1 of all requests that meet each fault. */
export const FAULTS_OF_LINES = [
  'request lost',
  'request refused',
  'request sent twice',
  'request late',
  'reply lost',
  'reply late',
  'reply cut',
  'reply truncated',
  'reply half open',
  'reply stale',
  'another batch echoed',
  'verdicts in another order',
  'portal 200',
  'redirect 302',
  'status 401',
  'status 409',
  'status 413',
  'status 429',
  'status 500',
  'status 503'
] as const
export type LineFault = (typeof FAULTS_OF_LINES)[number] | (typeof FILE_FAULTS)[number]
/** What only befalls the bytes of files. */
export const FILE_FAULTS = ['file damaged', 'file cut'] as const
export const HINT_FAULTS = ['hint lost', 'hint twice', 'hint late', 'stream cut', 'stream silent'] as const

export type Line = {
  weather: Partial<Record<LineFault | (typeof HINT_FAULTS)[number], number>>
  partition: 'none' | 'in' | 'out' | 'both'
  scopes: readonly string[]
  /** The last good reply to each question, as a proxy keeps it. */
  readonly kept: Map<string, Said>
}
export const newLine = (): Line => ({ weather: {}, partition: 'none', scopes: ['site', 'floor'], kept: new Map() })
