/** One short part: the sentence, whom it stops, what can be done, what could stand in, and who looks after it. */
import { dayText } from '#kernel/calendar.ts'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Facts, Row } from '#ui/desk-parts.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextInput } from '#ui/field.tsx'
import type { ShortPart } from '../outlook.ts'
import type { Delayed, PlanMessage } from '../planning/problem.ts'
import { dayWords, grouped, messageSentence } from '../planning/words.ts'
import { itemView, purchaseOrderView, stockView } from '../projection.ts'
import { bare } from './action-words.ts'
import { addressOf, type Desk, purchaseLineOf } from './desk-state.ts'
import { DayForm } from './day-form.tsx'
import { Inside } from './links.tsx'
import { NoteLine } from './note-line.tsx'
import { RemedyButton } from './remedy-button.tsx'
import { helpOf, mailOf } from './tracker-words.ts'
import css from './tracker.module.css'

type Props = { readonly part: ShortPart; readonly desk: Desk; readonly messages: readonly PlanMessage[] }

export const TrackerDetail = ({ part, desk, messages }: Props) => {
  const { floor, nameOf, unitOf, day, openItem, openPurchase } = desk
  const item = floor.get(itemView, part.item)
  const help = helpOf(messages)
  // What a message moves already is not offered twice.
  const asked = new Set(
    messages.map(({ about, kind }) => (about?.kind === 'receipt' && kind === 'expedite' ? about.receipt : ''))
  )
  return (
    <div class={css.inside}>
      <p class={css.sentence}>{part.sentence}</p>
      <div class={css.columns}>
        <section>
          <h3>It stops</h3>
          <ul>
            {part.stops.map(one => (
              <li key={JSON.stringify(one.what)}>
                <Stopped one={one} desk={desk} />
              </li>
            ))}
          </ul>
          {part.stopped > part.stops.length && <p>and {part.stopped - part.stops.length} more.</p>}
        </section>
        <section>
          <h3>What helps</h3>
          <ul>
            {help.map(message => (
              <li key={message.key}>
                {bare(messageSentence(message, nameOf, day), nameOf(part.item))}{' '}
                <RemedyButton desk={desk} message={message} />
              </li>
            ))}
            {part.coming
              .filter(({ kind, receipt, day: comes }) => kind === 'purchase' && comes > part.day && !asked.has(receipt))
              .map(one => (
                <li key={one.receipt}>
                  {one.receipt} brings {grouped(one.quantity)} on {dayWords(one.day, day)}, {one.day - part.day} d too
                  late. <Sooner part={part} receipt={one.receipt} desk={desk} />
                </li>
              ))}
            {(item?.alternates ?? []).map(other => (
              <li key={other.item}>
                {nameOf(other.item)} can stand in, {show(other.ratio)} for 1: {grouped(thereOf(desk, other.item))} are
                there. <Inside onPress={() => openItem(other.item)}>{other.item}</Inside>
              </li>
            ))}
          </ul>
          {help.length === 0 && part.coming.length === 0 && (item?.alternates ?? []).length === 0 && (
            <p>Nothing that the plan knows of.</p>
          )}
        </section>
        <section>
          <Facts
            facts={[
              ['Supplier', [item?.supplier, item?.supplierPart].filter(Boolean).join(' ')],
              ['Buyer', item?.buyer],
              ['Lead time', item?.leadTimeDays === undefined ? '' : `${item.leadTimeDays} d`],
              [
                'On order',
                part.coming.map(({ receipt, day: comes, quantity }) => {
                  const at = purchaseLineOf(receipt)
                  const words = `${receipt}: ${grouped(quantity)} ${unitOf(part.item)}, ${dayWords(comes, day)}${confirmed(desk, receipt)}`
                  return at ? (
                    <Inside key={receipt} onPress={() => openPurchase(at.order)}>
                      {words}
                    </Inside>
                  ) : (
                    <a key={receipt} href={addressOf(floor, { kind: 'receipt', item: part.item, receipt })}>
                      {words}
                    </a>
                  )
                })
              ]
            ]}
          />
        </section>
      </div>
      <Row>
        {item?.source === 'buy' && <Chase part={part} desk={desk} />}
        <Button onPress={() => openItem(part.item)}>Day by day</Button>
        <NoteLine desk={desk} message={`short/${part.item}`} />
      </Row>
    </div>
  )
}

/** The supplier agreed to send it sooner: the line's day is changed, and the plan with it. */
const Sooner = ({
  part,
  receipt,
  desk
}: {
  readonly part: ShortPart
  readonly receipt: string
  readonly desk: Desk
}) => (
  <Button
    onPress={() =>
      desk.ask(
        <DayForm
          desk={desk}
          receipt={receipt}
          day={dayText(part.day)}
          why={part.sentence}
          onClose={() => desk.ask(undefined)}
        />
      )
    }
  >
    Bring it in
  </Button>
)

const confirmed = ({ floor }: Desk, receipt: string): string => {
  const at = purchaseLineOf(receipt)
  const line = at && floor.get(purchaseOrderView, at.order)?.lines.find(one => one.line === at.line)
  return line ? (line.confirmed ? ', the supplier said so' : ', not confirmed') : ''
}

/** Not what is past its date. */
const thereOf = ({ floor, today }: Desk, item: string): number =>
  floor
    .list(stockView, `${item}/`)
    .reduce((sum, [, { quantity, expires }]) => (expires === undefined || expires >= today ? sum + quantity : sum), 0)

const Stopped = ({ one, desk }: { readonly one: Delayed; readonly desk: Desk }) => {
  const { what, item, affected, due, days } = one
  const { floor, nameOf, day } = desk
  const name =
    what.kind === 'demand'
      ? `${what.demand}${what.customer === undefined ? '' : ` for ${what.customer}`}`
      : what.kind === 'receipt'
        ? what.receipt
        : 'a planned order'
  const address = addressOf(floor, what)
  const late = Number.isFinite(days) ? `${days} d late` : 'nothing brings it'
  return (
    <>
      {address === undefined ? name : <a href={address}>{name}</a>}, {grouped(affected)} {nameOf(item)}, due{' '}
      {dayWords(due, day)}: {late}
    </>
  )
}

/** The mail goes to the clipboard; where that is not allowed, it is shown to be copied by hand. */
const Chase = ({ part, desk }: { readonly part: ShortPart; readonly desk: Desk }) => {
  const { floor, nameOf, unitOf, day } = desk
  const copy = async () => {
    const item = floor.get(itemView, part.item)
    const from = floor.person.peek()?.name ?? ''
    const mail = mailOf(
      part,
      {
        name: nameOf(part.item),
        unit: unitOf(part.item),
        supplier: item?.supplier,
        supplierPart: item?.supplierPart,
        from
      },
      day
    )
    try {
      await navigator.clipboard.writeText(mail)
      floor.tell({ text: 'The mail is on the clipboard. Paste it into a message to the supplier.', tone: 'ok' })
    } catch {
      desk.ask(<Mail text={mail} onClose={() => desk.ask(undefined)} />)
    }
  }
  return <Button onPress={() => void copy()}>Chase: copy the mail</Button>
}

const Mail = ({ text, onClose }: { readonly text: string; readonly onClose: () => void }) => (
  <Dialog title="Copy this mail" onClose={onClose}>
    <TextInput value={text} onChange={() => undefined} lines={14} label="Mail" readOnly autoFocus />
  </Dialog>
)
