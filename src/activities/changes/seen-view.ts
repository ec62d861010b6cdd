/** What a person decided about something set aside. */
import { viewKind, when } from '#kernel/view.ts'
import { setAsideSeen } from './events.ts'

/** What was said about something set aside; its bytes are the office's, asked for by the tray. */
export type Seen = { readonly note: string; readonly by: string; readonly at: string }
/** Heard at the tablets too: the one that recorded it shows what was decided. */
export const seenView = viewKind<Seen>(
  'changes/set-aside',
  'floor',
  [
    when(
      setAsideSeen,
      ({ h }) => h,
      (was, { note }, { person, at }) => was ?? { note, by: person, at }
    )
  ],
  undefined,
  2
)
