/** The sentences of the room: what happened, what to do. */
type About = Readonly<Record<string, string | number>>

export const reasons: Readonly<Record<string, (about: About) => string>> = {
  'no-station': () => 'This tablet stands at no station. Choose the station that needs help.',
  'already-called': ({ kind, station }) =>
    `${kind} is called for ${station} already. The call stays open until it is closed.`,
  'call-unknown': () => 'This call is not known here. Load the page again.',
  'call-closed': () => 'This call is closed already. Call again if it is not over.',
  'answered-already': () => 'You are on it already.',
  'answered-by': ({ person }) => `${person} is on the way already. Close the call together.`,
  'not-your-call': () => 'Somebody else made this call. Answer it, or close it with what it was.',
  'cause-needed': () => 'Choose what it was.',
  'site-is-set': () => 'This plant has its name already. Change that one instead.',
  'time-zone-unknown': ({ timeZone }) => `${timeZone} is no time zone. Write it as Europe/Berlin.`,
  'line-unknown': ({ line }) => `Line ${line} does not exist yet. Make the line first.`,
  'station-unknown': ({ station }) => `Station ${station} does not exist. Choose another one.`,
  'calendar-unknown': ({ calendar }) => `Calendar ${calendar} does not exist yet. Make the calendar first.`,
  'calendar-days-reversed': ({ from, to }) =>
    `The exception ends on ${to}, before it begins on ${from}. Turn the days round.`,
  'calendar-never-opens': ({ name }) => `${name} has no working day, so nothing could be planned on it. Add a shift.`,
  'badge-taken': ({ badge, name }) => `Badge ${badge} belongs to ${name}. Give another one.`,
  'role-needed': ({ name }) => `${name} has no role. Choose at least one.`,
  'last-administrator': () => 'This is the last administrator. Make somebody else one first.',
  'tablet-unknown': () => 'This tablet is not enrolled here. Load the page again.',
  'tablet-revoked': ({ name }) => `${name} is revoked. Enrol it again to use it.`,
  'tablet-elsewhere': ({ name }) => `${name} is a desk or a wall. Only a station's tablet moves between stations.`,
  'revoke-reason-needed': () => 'Write why it is taken out of use.'
}
