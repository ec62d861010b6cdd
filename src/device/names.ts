/** Under which names things are kept: the first screen reads what the works have written. */

/** In localStorage: when the office was last heard, milliseconds since 1970. */
export const HEARD = 'jobcard-heard'
/** In localStorage: the kinds of views that this tablet's first page shows, with a space between. */
export const FIRST = 'jobcard-first'
/** In localStorage: events that the database would not take. */
export const EMERGENCY = 'jobcard-emergency'

/** Databases. */
export const OUTBOX = 'jobcard-outbox'
export const CACHE_PREFIX = 'jobcard-cache-'
export const CACHE_SCHEMA = 1
