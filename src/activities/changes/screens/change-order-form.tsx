/** A new change order: what is to be released, and why. */
import { useState } from 'preact/hooks'
import type { Known } from '#kernel/decision.ts'
import { Quiet } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { openChangeOrder } from '../change-order-rules.ts'
import type { ChangeRequest } from '../change-order-view.ts'
import { bomMasterView, documentMasterView, itemMasterView, masterKey, routingMasterView } from '../projection.ts'
import css from './changes-desk.module.css'

type Props = { readonly request: ChangeRequest | undefined; readonly onClose: () => void; readonly onDone: () => void }

export const ChangeOrderForm = ({ request, onClose, onDone }: Props) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [title, setTitle] = useState('')
  const [reason, setReason] = useState(request?.problem ?? '')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const offers = offersOf(floor)
  const turn = (key: string) => setChosen(was => (was.includes(key) ? was.filter(one => one !== key) : [...was, key]))
  const picked = offers.filter(one => chosen.includes(one.key))
  const input = {
    title,
    reason,
    requests: request ? [request.request] : [],
    documents: picked.flatMap(({ document, revision }) => (document ? [{ document, revision }] : [])),
    items: picked.flatMap(({ item, revision }) => (item ? [{ item, revision }] : []))
  }
  const open = async () => {
    if (await act(openChangeOrder, input, 'Opened. Another engineer approves it.')) onDone()
  }
  return (
    <FormDialog
      title="New change order"
      onClose={onClose}
      does="Open it"
      onDo={() => void open()}
      busy={busy}
      why={why(openChangeOrder, input)}
    >
      <div data-wide="">
        <Field label="Title">
          <TextInput value={title} onChange={setTitle} placeholder="Longer screws for the lid" autoFocus />
        </Field>
      </div>
      <div data-wide="">
        <Field label="Why" hint="Who approves it decides by this.">
          <TextInput lines={3} value={reason} onChange={setReason} />
        </Field>
      </div>
      <div data-wide="">
        <Field label="Becomes the released revision">
          {offers.length === 0 ? (
            <Quiet>
              No revision waits. Upload the new one under <a href="/documents">Documents</a>, or{' '}
              <a href="/import">import</a> the BOM and routing of the new item revision.
            </Quiet>
          ) : (
            <div class={css.choices}>
              {offers.map(one => (
                <label key={one.key}>
                  <input type="checkbox" checked={chosen.includes(one.key)} onChange={() => turn(one.key)} />
                  <strong>{one.key}</strong>
                  <span>{one.says}</span>
                </label>
              ))}
            </div>
          )}
        </Field>
      </div>
    </FormDialog>
  )
}

type Offer = {
  readonly key: string
  readonly document?: string
  readonly item?: string
  readonly revision: string
  readonly says: string
}

/** Every revision that is there and isn't the one in use. */
const offersOf = (known: Known): readonly Offer[] => [
  ...known.list(documentMasterView).flatMap(([document, master]) =>
    Object.entries(master.revisions)
      .filter(([revision]) => revision !== master.released)
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(([revision, { title, pages }]) => ({
        key: `${document} rev ${revision}`,
        document,
        revision,
        says: `${title}, ${master.released ? `in place of rev ${master.released}` : 'the first'}${pages.length === 0 ? ', pages not ready' : ''}`
      }))
  ),
  ...known.list(routingMasterView).flatMap(([, { item, revision }]) => {
    const master = known.get(itemMasterView, item)
    return master && master.revision !== revision && known.get(bomMasterView, masterKey(item, revision))
      ? [{ key: `${item} rev ${revision}`, item, revision, says: `${master.name}, in place of rev ${master.revision}` }]
      : []
  })
]
