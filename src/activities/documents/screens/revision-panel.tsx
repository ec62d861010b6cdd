/** One revision: its pages as the floor sees them, or how far they are, and what may be done with it. */
import { useEffect, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Mark, Panel, Quiet } from '#ui/desk-parts.tsx'
import { DocumentPages } from '#ui/document-pages.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { Progress } from '#ui/progress.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Revision } from '../projection.ts'
import { releaseRevision, withdrawRevision } from '../rules.ts'
import { stateWord, stopSentence } from '../words.ts'
import css from './documents-desk.module.css'
import { markOf } from './revision-mark.ts'

type Props = { readonly document: string; readonly revision: Revision }

export const RevisionPanel = ({ document, revision }: Props) => {
  const { act, why, busy } = useAct()
  const [page, setPage] = useState(1)
  const [withdrawing, setWithdrawing] = useState(false)
  const input = { document, revision: revision.revision }
  const blocked = why(releaseRevision, input)
  const title = `${document} rev ${revision.revision}`
  const open = revision.state !== 'withdrawn' && revision.state !== 'superseded'
  return (
    <Panel
      title={
        <>
          Rev {revision.revision} <Mark {...markOf(revision)} />
        </>
      }
      actions={
        open && (
          <>
            {revision.state !== 'released' && (
              <Button
                tone={blocked ? 'plain' : 'primary'}
                busy={busy}
                why={blocked}
                data-action="release"
                onPress={() => void act(releaseRevision, input, `${title} is released.`)}
              >
                Release
              </Button>
            )}
            <Button tone="stop" onPress={() => setWithdrawing(true)}>
              Withdraw
            </Button>
          </>
        )
      }
    >
      {revision.state === 'uploaded' && <Rendering document={document} revision={revision.revision} />}
      {revision.state === 'stopped' && revision.reason && (
        <Card level="stop">
          <strong>{stateWord.stopped}.</strong> {stopSentence[revision.reason]}
        </Card>
      )}
      {revision.state === 'withdrawn' && <Card level="off">Withdrawn: {revision.note}</Card>}
      {revision.pages.length > 0 && (
        <div class={css.preview}>
          <DocumentPages title={title} pages={revision.pages} page={page} onPage={setPage} />
        </div>
      )}
      <Quiet>
        {revision.fileName}, {size(revision.file.size)}
      </Quiet>
      {withdrawing && (
        <Withdraw document={document} revision={revision.revision} onClose={() => setWithdrawing(false)} />
      )}
    </Panel>
  )
}

const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

const EVERY_MS = 1000

/** Asks how far the job is; that the pages are there comes by itself, as a view. */
const Rendering = ({ document, revision }: { document: string; revision: string }) => {
  const floor = useFloor()
  const [part, setPart] = useState<number>()
  useEffect(() => {
    const ask = () =>
      floor.office
        .get<{ part: number | null }>(
          `/v1/jobs/rendering?document=${encodeURIComponent(document)}&revision=${encodeURIComponent(revision)}`
        )
        .then(
          answer => setPart(answer.part ?? undefined),
          () => setPart(undefined)
        )
    void ask()
    const timer = setInterval(ask, EVERY_MS)
    return () => clearInterval(timer)
  }, [document, revision])
  return part === undefined ? (
    <Quiet>The office is making the pages. They appear here by themselves.</Quiet>
  ) : (
    <Progress label={`Making pages, ${Math.round(part * 100)} %`} part={part} />
  )
}

const Withdraw = ({ document, revision, onClose }: { document: string; revision: string; onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [reason, setReason] = useState('')
  const input = { document, revision, reason }
  const withdraw = async () => {
    if (await act(withdrawRevision, input, `${document} rev ${revision} is withdrawn.`)) onClose()
  }
  return (
    <FormDialog
      title={`Withdraw ${document} rev ${revision}`}
      onClose={onClose}
      does="Withdraw"
      onDo={() => void withdraw()}
      tone="stop"
      busy={busy}
      why={why(withdrawRevision, input)}
    >
      <div data-wide="">
        <Field label="Why" hint="Orders that are released keep the pages they were released with.">
          <TextInput lines={3} value={reason} onChange={setReason} />
        </Field>
      </div>
    </FormDialog>
  )
}
