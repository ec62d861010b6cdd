/**
 * Who works here. A PIN proves a person once in twelve hours on this tablet; until then their badge alone switches to them,
 * so that passing the tablet on takes one touch. Locking forgets nobody and closes nothing.
 */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { SignedIn } from '#ui/floor.tsx'

/** What the device's sign-in answers with. */
export type Session = {
  readonly person: string
  readonly session: string
  readonly method: 'online' | 'badge-pin' | 'unverified'
}
export type SignInAnswer =
  | { readonly signedIn: Session }
  | { readonly refused: 'wrong-pin'; readonly left: number }
  | { readonly refused: 'locked' | 'not-on-this-tablet' }

type Who = { readonly name: string; readonly roles: SignedIn['roles'] }

export type SigningPorts = {
  readonly signIn: (person: string, pin: string) => Promise<SignInAnswer>
  /** Name and rights as this tablet knows them now; undefined for somebody unknown or no longer active. */
  readonly who: (person: string) => Who | undefined
  /** Tells the device who acts from now on. */
  readonly use: (session: Session | undefined) => void
  readonly now: () => number
  /** Keeps the last people between starts. */
  readonly slots: Pick<Storage, 'getItem' | 'setItem'>
}

export type Signing = {
  readonly person: ReadonlySignal<SignedIn | undefined>
  /** The sign-in lies over the screen. */
  readonly shown: ReadonlySignal<boolean>
  /** Whose PIN is asked for after a badge. */
  readonly asked: ReadonlySignal<string | undefined>
  readonly recent: ReadonlySignal<readonly string[]>
  readonly check: (person: string, pin: string) => Promise<string | undefined>
  /** A badge: switches at once when this person is proven here, else asks for the PIN. True when it switched. */
  readonly badge: (person: string) => boolean
  readonly show: () => void
  readonly stay: () => void
  readonly lock: () => void
}

/** Milliseconds that a PIN proves a person, and how many people are remembered. */
export const PROVEN = 12 * 3_600_000
export const RECENT = 6

const SLOT = 'jobcard-recent-people'

export const signing = (ports: SigningPorts): Signing => {
  const person: Signal<SignedIn | undefined> = signal(undefined)
  const shown = signal(true)
  const asked: Signal<string | undefined> = signal(undefined)
  const recent = signal(readRecent(ports.slots))
  const proven = new Map<string, { readonly session: Session; readonly at: number }>()
  const enter = (session: Session): boolean => {
    const who = ports.who(session.person)
    if (!who) return false
    ports.use(session)
    person.value = { person: session.person, ...who, verified: session.method !== 'unverified' }
    recent.value = [session.person, ...recent.value.filter(one => one !== session.person)].slice(0, RECENT)
    ports.slots.setItem(SLOT, JSON.stringify(recent.value))
    asked.value = undefined
    shown.value = false
    return true
  }
  return {
    person,
    shown,
    asked,
    recent,
    check: async (wanted, pin) => {
      const answer = await ports.signIn(wanted, pin)
      if ('refused' in answer) return refusalWords(answer)
      proven.set(wanted, { session: answer.signedIn, at: ports.now() })
      return enter(answer.signedIn) ? undefined : 'This badge is not in use. Ask the administrator.'
    },
    badge: wanted => {
      const known = proven.get(wanted)
      if (known && ports.now() - known.at < PROVEN && enter(known.session)) return true
      asked.value = wanted
      shown.value = true
      return false
    },
    show: () => {
      asked.value = undefined
      shown.value = true
    },
    stay: () => {
      if (person.value) shown.value = false
    },
    lock: () => {
      ports.use(undefined)
      person.value = undefined
      asked.value = undefined
      shown.value = true
    }
  }
}

export const refusalWords = (answer: Exclude<SignInAnswer, { signedIn: Session }>): string => {
  switch (answer.refused) {
    case 'wrong-pin':
      return answer.left === 1
        ? 'That is not the PIN. One more try.'
        : `That is not the PIN. ${answer.left} more tries.`
    case 'locked':
      return 'Too many tries. Ask a supervisor to unlock you, or wait for the network.'
    case 'not-on-this-tablet':
      return 'This tablet can not check your PIN without the network. Sign in once with it, then it can.'
  }
}

const readRecent = (slots: SigningPorts['slots']): readonly string[] => {
  try {
    const kept: unknown = JSON.parse(slots.getItem(SLOT) ?? '[]')
    return Array.isArray(kept) ? kept.filter(one => typeof one === 'string').slice(0, RECENT) : []
  } catch {
    return []
  }
}
