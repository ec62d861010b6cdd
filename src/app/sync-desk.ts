/** What the Sync centre shows and does, taken from the tablet. */
import type { Tablet } from '#device/tablet.ts'
import type { Envelope } from '#kernel/event.ts'
import type { Check, SyncItem, SyncPort, SyncReport, SyncSource } from './sync-port.ts'
import { CLOCK_LIMIT, clockWords } from './sync-words.ts'

/** Entries that are looked through. */
const LATEST = 300

export const syncDesk = ({ tablet, leave }: SyncSource): SyncPort => ({
  read: () => report(tablet),
  sendNow: tablet.resume,
  retry: tablet.release,
  dismiss: tablet.dismiss,
  exportWaiting: async () => {
    const { name, text } = await tablet.exportWaiting()
    return new File([text], name, { type: 'application/json' })
  },
  check: () => checks(tablet),
  leave
})

const report = async (tablet: Tablet): Promise<SyncReport> => {
  const [entries, photos] = await Promise.all([tablet.entries(LATEST), tablet.photosWaiting(), tablet.refreshStorage()])
  const open = new Set(tablet.attention.peek().map(entry => entry.id))
  const items = [...entries].map(itemOf)
  const pressing = items.filter(item => item.state === 'unsent' || open.has(item.id)).reverse()
  const settled = items.filter(item => item.state !== 'unsent' && !open.has(item.id))
  const { persisted, usage, quota, unsaved } = tablet.storage.peek()
  const { denied, revoked = false, said = '' } = tablet.status.peek()
  return {
    items: [...pressing, ...settled],
    waiting: tablet.unsent.peek(),
    photosWaiting: photos,
    documents: tablet.ahead.peek(),
    storage: { used: usage, quota, persisted },
    lastExchange: tablet.heard(),
    offset: tablet.clockOffset() ?? undefined,
    device: tablet.enrolled.peek()?.device ?? '',
    denied,
    revoked,
    said,
    unsaved
  }
}

const itemOf = (entry: Awaited<ReturnType<Tablet['entries']>>[number]): SyncItem => {
  // The body is what was sealed here.
  const { type, actor, payload } = JSON.parse(entry.body) as Envelope
  return {
    id: entry.id,
    type,
    person: actor.person,
    payload,
    at: entry.at,
    state: entry.state,
    codes: entry.codes ?? [],
    h: entry.h
  }
}

const checks = async (tablet: Tablet): Promise<readonly Check[]> => {
  const from = performance.now()
  const server = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(10_000) }).then(
    reply =>
      reply.ok && reply.headers.has('x-jobcard-protocol')
        ? undefined
        : 'Something else answers at this address. Is there a sign-in page of the Wi-Fi?',
    () => 'No answer. Is the Wi-Fi on, and does the server run?'
  )
  const took = Math.round(performance.now() - from)
  const key = server
    ? undefined
    : await tablet.office.get('/v1/roster').then(
        () => undefined,
        (problem: Error) => problem.message
      )
  const offset = tablet.clockOffset() ?? undefined
  return [
    { name: 'Server', ok: !server, said: server ?? `Answers in ${took} ms` },
    ...(server ? [] : [{ name: 'This tablet is known', ok: !key, said: key ?? 'Yes' }]),
    { name: 'Clock', ok: Math.abs(offset ?? 0) <= CLOCK_LIMIT, said: clockWords(offset)[1] },
    { name: 'Secure address', ok: isSecureContext, said: location.origin }
  ]
}
