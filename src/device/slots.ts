/** Names in localStorage that the first screen and the works both know. */

/** When the office was last heard, milliseconds since 1970. */
export const HEARD = 'jobcard-heard'
/** Events that the database would not take. */
export const EMERGENCY = 'jobcard-emergency'
