/** The sentence for a refusal: the office's own, else the room's, else one of those that belong to no room. */
import type { Activity } from '#kernel/activity.ts'
import type { Refusal } from '#kernel/decision.ts'
import { HOW_TO_INSTALL } from './installed.ts'

const common: Readonly<Record<string, (about: NonNullable<Refusal['about']>) => string>> = {
  'not-installed': () => HOW_TO_INSTALL,
  'out-of-use': () => 'This tablet was taken out of use. What is recorded here would not count. Take another one.',
  opening: () => 'The tablet is still opening. Try again in a moment.',
  'no-network': () =>
    'The office decides this and did not answer. When the network is back, look whether it was done before you try again.',
  'signed-out': () => 'Nobody is signed in. Touch your badge first.',
  'role-missing': ({ roles }) => `This needs one of these roles: ${roles}. Ask somebody who has it.`,
  'too-large': () => 'This is too much for one entry. Record it in two parts.',
  'wrong-input': ({ what }) => `Something does not fit: ${what}.`
}

/** Without the rooms, in the first moment, a reason of theirs is only dots. */
export const sentenceOf =
  (rooms: readonly Pick<Activity, 'reasons'>[] | undefined) =>
  ({ refused, about = {} }: Refusal): string => {
    if (typeof about['sentence'] === 'string' && about['sentence'] !== '') return about['sentence']
    const room = rooms?.find(one => refused in one.reasons)
    const sentence = room?.reasons[refused] ?? common[refused]
    if (!sentence && !rooms) return '…'
    return sentence ? sentence(about) : `This can not be done now (${refused}). Ask a supervisor.`
  }
