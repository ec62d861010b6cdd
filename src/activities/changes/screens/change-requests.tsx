/** What people asked to be changed: what is wrong, where it was seen, and the way to a change order. */
import { useState } from 'preact/hooks'
import type { BlobRef } from '#kernel/event.ts'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { Facts, Mark, Quiet, Row } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { Photo } from '#ui/photo.tsx'
import { PhotoButton } from '#ui/photo-button.tsx'
import { useAct } from '#ui/use-act.ts'
import { declineRequest, requestChange } from '../change-order-rules.ts'
import type { ChangeRequest } from '../change-order-view.ts'
import { documentMasterView, itemMasterView } from '../projection.ts'
import css from './changes-desk.module.css'

type Props = { readonly requests: readonly ChangeRequest[]; readonly onOpen: (request: ChangeRequest) => void }

export const ChangeRequests = ({ requests, onOpen }: Props) =>
  requests.length === 0 ? (
    <Empty
      title="Nobody has asked for a change"
      hint="Anybody may: at a station or here. An engineer answers with a change order, or says why not."
    />
  ) : (
    <ol class={css.tray}>
      {requests.map(request => (
        <li key={request.request}>
          <RequestCard request={request} onOpen={() => onOpen(request)} />
        </li>
      ))}
    </ol>
  )

const RequestCard = ({ request, onOpen }: { request: ChangeRequest; onOpen: () => void }) => {
  const floor = useFloor()
  const [declining, setDeclining] = useState(false)
  const { workOrder, op, document, item } = request
  return (
    <Card level={request.state === 'open' ? 'info' : 'off'} data-request={request.request}>
      <div class={css.flag}>
        <p class={css.sentence}>{request.problem}</p>
        <Facts
          facts={[
            [
              'Asked by',
              <>
                {floor.nameOf(request.by)}, <Age since={request.at} /> ago
              </>
            ],
            [
              'Seen at',
              workOrder && <a href={`/orders/${workOrder}`}>{`${workOrder}${op ? `, operation ${op}` : ''}`}</a>
            ],
            ['About', [document, item].filter(Boolean).join(', ')]
          ]}
        />
        {request.photo && (
          <div class={css.photo}>
            <Photo sha256={request.photo.sha256} alt="What was seen" />
          </div>
        )}
        {request.state === 'open' && (
          <Row>
            <Button tone="primary" onPress={onOpen}>
              Open a change order
            </Button>
            <Button onPress={() => setDeclining(true)}>Decline</Button>
          </Row>
        )}
        {request.state === 'taken' && <Mark level="info" word={`In ${request.order}`} />}
        {request.state === 'declined' && (
          <Row>
            <Mark level="off" word="Declined" />
            <span>{request.note}</span>
            <Quiet>{floor.nameOf(request.declinedBy)}</Quiet>
          </Row>
        )}
        {declining && <Decline request={request.request} onClose={() => setDeclining(false)} />}
      </div>
    </Card>
  )
}

const Decline = ({ request, onClose }: { request: string; onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [note, setNote] = useState('')
  const decline = async () => {
    if (await act(declineRequest, { request, note }, 'Declined.')) onClose()
  }
  return (
    <FormDialog
      title="Decline the request"
      onClose={onClose}
      does="Decline"
      onDo={() => void decline()}
      busy={busy}
      why={why(declineRequest, { request, note })}
    >
      <div data-wide="">
        <Field label="Why" hint="Who asked reads this.">
          <TextInput lines={3} value={note} onChange={setNote} autoFocus />
        </Field>
      </div>
    </FormDialog>
  )
}

export const AskForChange = ({ onClose }: { readonly onClose: () => void }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [problem, setProblem] = useState('')
  const [document, setDocument] = useState('')
  const [item, setItem] = useState('')
  const [photo, setPhoto] = useState<BlobRef>()
  const input = { problem, ...(document ? { document } : {}), ...(item ? { item } : {}), ...(photo ? { photo } : {}) }
  const ask = async () => {
    if (await act(requestChange, input, 'Asked for. An engineer answers.')) onClose()
  }
  const none = { value: '', label: 'Not about one' }
  return (
    <FormDialog
      title="Ask for a change"
      onClose={onClose}
      does="Ask for it"
      onDo={() => void ask()}
      busy={busy}
      why={why(requestChange, input)}
    >
      <div data-wide="">
        <Field label="What is wrong, or could be better">
          <TextInput lines={3} value={problem} onChange={setProblem} autoFocus />
        </Field>
      </div>
      <Field label="Document">
        <Select
          value={document}
          onChange={setDocument}
          options={[none, ...floor.list(documentMasterView).map(([key]) => ({ value: key, label: key }))]}
        />
      </Field>
      <Field label="Item">
        <Select
          value={item}
          onChange={setItem}
          options={[
            none,
            ...floor
              .list(itemMasterView)
              .filter(([, one]) => one.source === 'make')
              .map(([key, one]) => ({ value: key, label: `${key} ${one.name}` }))
          ]}
        />
      </Field>
      <div data-wide="">
        <Row>
          <PhotoButton label={photo ? 'Take another photo' : 'Add a photo'} onPhoto={setPhoto} />
          {photo && <Mark level="normal" word="Photo added" />}
        </Row>
      </div>
    </FormDialog>
  )
}
