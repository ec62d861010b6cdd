/** How the desk marks the state of a revision. */
import type { Level } from '#ui/state-mark.tsx'
import type { Revision, RevisionState } from '../projection.ts'
import { stateWord } from '../words.ts'

const levels: Record<RevisionState, Level> = {
  uploaded: 'info',
  ready: 'attention',
  stopped: 'stop',
  released: 'normal',
  superseded: 'off',
  withdrawn: 'off'
}

export const markOf = ({ state }: Revision): { readonly level: Level; readonly word: string } => ({
  level: levels[state],
  word: stateWord[state]
})
