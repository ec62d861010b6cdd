/** The room's words for people. */
import type { Activity } from '#kernel/activity.ts'
import type { ChangeOrder } from './change-order-view.ts'
import type { Flag } from './projection.ts'

type Outcome = Extract<Flag, { state: 'decided' }>['outcome']

export const outcomeWord: Record<Outcome, string> = {
  accept: 'Accept as done',
  rework: 'Rework',
  scrap: 'Scrap',
  hold: 'Hold'
}

/** `orders/step-completed.v1` is a 'step completed'. */
export const recordWord = (type: string): string =>
  (type.split('/')[1] ?? '').replace(/\.v\d+$/, '').replaceAll('-', ' ')

/** The fields of a record in words, as `good 3 · scrap 1`; lists by their number, what the headline says already left out. */
export const recordText = (payload: unknown): string =>
  typeof payload === 'object' && payload !== null
    ? Object.entries(payload)
        .filter(([name]) => name !== 'workOrder' && name !== 'by')
        .flatMap(([name, value]) => fieldText(name.replaceAll(/([A-Z])/g, ' $1').toLowerCase(), value))
        .join(' · ')
        .slice(0, 600)
    : ''

/** Ids and hashes, which tell a person nothing. */
const ID_OR_HASH = /^[0-9a-f-]{32,}$/

const fieldText = (name: string, value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.length > 0 ? [`${name} ${value.length}`] : []
  if (typeof value === 'object' && value !== null) {
    const inner = recordText(value)
    return inner ? [`${name}: ${inner}`] : []
  }
  if (typeof value === 'boolean') return value ? [name] : [`not ${name}`]
  return value === null || value === undefined || value === '' || ID_OR_HASH.test(`${value}`)
    ? []
    : [`${name} ${value}`]
}

export const changeWord: Record<ChangeOrder['state'], string> = {
  open: 'Waits for approval',
  approved: 'Approved',
  released: 'Released',
  withdrawn: 'Withdrawn'
}

type Sentences = { readonly what: string; readonly toDo: string }

const newer = 'Update the office, or send the record to whoever looks after Jobcard. The tablet keeps its copy too.'
const again = 'Ask the person what was done and record it again. The bytes below say what arrived.'
const setAside: Readonly<Record<string, Sentences>> = {
  'revoked-device': {
    what: 'The tablet was taken out of use before this arrived.',
    toDo: 'Read below what was done. If it counts, record it again on a tablet in use, with a note.'
  },
  'ask-the-office': {
    what: 'The tablet sent a decision that only the office may make.',
    toDo: 'If it is wanted, do it here at a desk. Ask who uses that tablet how it came about.'
  },
  'unknown-type': { what: 'This version of the office doesn’t know this kind of record.', toDo: newer },
  'wrong-payload': { what: 'The record lacks something that its kind must have.', toDo: newer },
  'not-applicable': { what: 'The record is whole, and the office could not work it in.', toDo: newer },
  'id-used-twice': { what: 'Another record has the same number.', toDo: again },
  'wrong-hash': {
    what: 'The bytes are not the ones that the tablet sealed: something changed them on the way.',
    toDo: again
  },
  'not-json': { what: 'The bytes are damaged and can’t be read as a record.', toDo: again }
}

/** What happened and what to do about a record set aside for this reason. */
export const setAsideWords = (code: string): Sentences =>
  setAside[code] ?? { what: 'The record arrived in a form that the office can’t take in.', toDo: again }

export const changesReasons: Activity['reasons'] = {
  'release-unknown': about => `${about['workOrder']} isn’t known here. Create it first.`,
  'order-released': about => `${about['workOrder']} is released already.`,
  'release-after-end': about => `${about['workOrder']} is ${about['state']}. Create a new work order.`,
  'item-not-set': about => `${about['item']} isn’t known here. Add the item first.`,
  'no-routing': about => `${about['item']} rev ${about['revision']} has no routing. Add its operations first.`,
  'no-bom': about => `${about['item']} rev ${about['revision']} has no BOM. Add its parts first.`,
  'control-plan-missing': about =>
    `Operation ${about['op']} asks for control plan ${about['plan']}, which has no checks yet. Add it first.`,
  'document-not-released': about =>
    `${about['document']} is needed by ${about['where']} and has no released revision. Release it under Documents.`,
  'pages-not-ready': about =>
    `The pages of ${about['document']} rev ${about['revision']} aren’t ready; ${about['where']} needs them. Release it when they are.`,
  'page-missing': about =>
    `${about['where']} shows page ${about['page']} of ${about['document']}, which has ${about['pages']}. Correct the routing.`,
  'tool-not-set': about =>
    `Operation ${about['op']} needs ${about['tool']}, which isn’t known here. Add it under Tooling.`,
  'part-not-in-bom': about =>
    `Step ${about['step']} of operation ${about['op']} uses ${about['item']}, which isn’t in the BOM. Add it or change the step.`,
  'set-aside-closed': about => `${about['by']} closed this already.`,
  'given-up-already': about => `${about['by']} closed these already.`,
  'request-empty': () => 'Write what is wrong, in a sentence.',
  'request-unknown': () => 'This request isn’t known here any more. Open the page again.',
  'request-answered': () => 'This request has its answer already.',
  'change-untitled': () => 'Give the change a title.',
  'change-unexplained': () => 'Write why; who approves it decides by that.',
  'change-empty': () => 'Add a document revision or an item revision that is to be released.',
  'change-unknown': about => `${about['order']} isn’t known here. Open the page again.`,
  'change-not-open': about => `${about['order']} is ${about['state']} already.`,
  'change-not-approved': about =>
    about['state'] === 'open'
      ? `${about['order']} waits for the approval of another engineer.`
      : `${about['order']} is ${about['state']}.`,
  'own-change': about => `You wrote ${about['order']}. Another engineer approves it.`,
  'change-approved-by-script': () => 'A script’s key signs nothing. An engineer approves it here.',
  'change-document-unknown': about =>
    `${about['document']} has no revision ${about['revision']} here. Upload it under Documents first.`,
  'change-document-released': about => `${about['document']} rev ${about['revision']} is the released one already.`,
  'change-pages-not-ready': about =>
    `The pages of ${about['document']} rev ${about['revision']} aren’t there. Look under Documents.`,
  'change-item-current': about => `${about['item']} is at rev ${about['revision']} already.`,
  'open-order-undecided': about => `Decide what ${about['workOrder']} does: finish on its method or take the new one.`,
  'other-revision': about =>
    `${about['workOrder']} builds rev ${about['revision']} and can’t change over. It finishes, or is cancelled and made anew.`,
  'flag-unknown': () => 'This entry isn’t known here any more. Open the tray again.',
  'flag-decided': about => `${about['by']} decided this already: ${about['outcome']}.`,
  'own-work': () => 'This is your own work. Another supervisor decides on it.',
  'decision-unexplained': () => 'Write why; the decision is kept with your name.'
}
