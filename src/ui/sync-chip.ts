/** What the sync chip says and how loud it is. Pure: clocks are given. */
import type { Network } from './floor.tsx'
import type { Level } from './state-mark.tsx'

export type ChipFace = { readonly level: Level | 'plain'; readonly sign: string; readonly text: string }

/** Offline for this long, or with this many waiting, is worth somebody's attention. */
export const OFFLINE_MINUTES = 30
export const OFFLINE_WAITING = 50

const timeOfDay = (at: number): string => {
  const date = new Date(at)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

export const chipFace = (network: Network, now: number): ChipFace => {
  switch (network.state) {
    case 'sent':
      return {
        level: 'plain',
        sign: '✓',
        text: network.at === undefined ? 'All sent' : `All sent ${timeOfDay(network.at)}`
      }
    case 'sending':
      return { level: 'plain', sign: '↑', text: `Sending ${Math.min(network.sent + 1, network.of)} of ${network.of}` }
    case 'offline': {
      const long = now - network.since >= OFFLINE_MINUTES * 60_000 || network.waiting >= OFFLINE_WAITING
      const waiting = network.waiting > 0 ? ` · ${network.waiting} waiting` : ''
      return {
        level: long ? 'attention' : 'off',
        sign: '▲',
        text: `Offline since ${timeOfDay(network.since)}${waiting}`
      }
    }
    case 'needs-you':
      return {
        level: 'stop',
        sign: '■',
        text: network.count === 1 ? '1 needs a decision' : `${network.count} need a decision`
      }
  }
}
