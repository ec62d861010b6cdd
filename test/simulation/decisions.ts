/**
 * Decisions of the office that a person signs: asked through every fault, and written down in the books as they were
 * answered. A decision bears a number of the books' own, so that whatever the log holds can be laid beside what was asked.
 */
import type { Action } from '#kernel/decision.ts'
import type { Decision } from './decisions-kept.ts'
import { PEOPLE, whoIs } from './people.ts'
import type { Scene } from './scene.ts'
import { livePages, type Page, type Station } from './stations.ts'
import { deviceOf } from './disk.ts'
import { closeLate, lateView, latch, signOff } from './toy-room.ts'

/** Somebody types a PIN, now and then a wrong one. */
export const signIn = ({ world, books, office }: Scene, station: Station): void => {
  const pages = livePages(station)
  if (pages.length === 0) return
  const page = world.pick(pages)
  const { person, pin, roles } = world.pick(PEOPLE)
  const typed = world.chance(0.2) ? '999999' : pin
  page.tablet?.signIn(person, typed).then(answer => {
    if (page.life.dead()) return
    world.note(`${page.name} ${'signedIn' in answer ? `${person} ${answer.signedIn.method}` : answer.refused}`)
    if ('refused' in answer) {
      if (answer.refused === 'wrong-pin' && typed === pin)
        books.problems.push(`the PIN of ${person} was said to be wrong`)
      return
    }
    const { signedIn } = answer
    world.fault(`signed in ${signedIn.method}`)
    if (typed !== pin) books.problems.push(`${person} signed in with a wrong PIN`)
    if (signedIn.person !== person) books.problems.push(`${person} was signed in as ${signedIn.person}`)
    const here = whoIs(signedIn.session, deviceOf(station.disk), world.now())?.person
    // Enrolled anew meanwhile, a tablet has another name than the one that the office signed.
    if (signedIn.method === 'online' && here !== person && office.revoked.size === 0)
      books.problems.push(`${page.name} holds half a session of ${person}`)
    if (signedIn.method !== 'online' && here !== undefined)
      books.problems.push(`${page.name} has a session that nobody gave`)
    page.who = { person, roles, session: signedIn.session, method: signedIn.method }
    page.tablet?.useSession(signedIn.session)
  })
}

/** Whoever is signed in asks the office for something; not always for what they may or what makes sense. */
export const decide = (scene: Scene, station: Station, box: string): void => {
  const { world, books, office } = scene
  const pages = livePages(station).filter(page => page.who)
  if (pages.length === 0) return
  const page = world.pick(pages)
  const ask = `ask-${books.decisions.size + 1}`
  const lates = [...office.db.tables.views.values()].filter(row => row.kind === lateView.name && row.view)
  const late = lates.length > 0 ? world.pick(lates).key : 'nothing'
  const shut = world.chance(0.5)
  const kind = world.pick(['latch', 'sign-off', 'close-late'] as const)
  if (kind === 'latch') return asked(scene, page, ask, latch, { box, shut, ask })
  if (kind === 'sign-off') return asked(scene, page, ask, signOff, { box, ask })
  return asked(scene, page, ask, closeLate, { event: late, ask })
}

const asked = <I>(scene: Scene, page: Page, ask: string, action: Action<I>, input: I): void => {
  const { world, books } = scene
  const { who, tablet } = page
  if (!who || !tablet) return
  const decision: Decision = { person: who.person, roles: who.roles, action: action.name, answer: 'open', events: [] }
  books.decisions.set(ask, decision)
  const life = scene.office.db.epoch().epoch
  books.asking.set(ask, page)
  tablet.act(action, input, who).then(
    answer => {
      books.asking.delete(ask)
      if (page.life.dead()) return
      const said = 'done' in answer ? 'done' : answer.refused
      world.note(`${page.name} ${ask} ${said}`)
      world.fault(said === 'done' ? 'decision done' : said === 'no-network' ? 'decision unheard' : 'decision refused')
      if (said === 'no-network' || scene.office.db.epoch().epoch !== life) return
      decision.answer = said === 'done' ? 'done' : 'refused'
      if ('done' in answer) decision.events = answer.events
    },
    problem => void (page.life.dead() || books.problems.push(`deciding threw: ${String(problem)}`))
  )
}

/** Nobody waits for the office's word any more. */
export const allHeard = ({ books }: Scene): boolean => [...books.asking.values()].every(page => page.life.dead())

/** What was decided after the backup is undone with it, and the office has forgotten what it said no to. */
export const decisionsRestored = ({ books, office }: Scene): void => {
  const { byId } = office.db.tables
  for (const decision of books.decisions.values())
    if (decision.answer === 'refused' || decision.events.some(id => !byId.has(id))) decision.answer = 'open'
}
