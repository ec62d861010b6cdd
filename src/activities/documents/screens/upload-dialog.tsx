/** Brings a PDF in: dropped or chosen, sent in pieces, then registered as a revision. */
import { useRef, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Quiet } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { Progress } from '#ui/progress.tsx'
import { sentenceOf, useAct } from '#ui/use-act.ts'
import { documentView } from '../projection.ts'
import { uploadRevision } from '../rules.ts'
import css from './documents-desk.module.css'

/** Bytes. The office refuses more as well; asked here so that nobody waits for an upload that can't be used. */
const MOST = 200 * 1024 * 1024

type Props = {
  /** '' for a new document. */
  readonly document: string
  readonly onClose: () => void
  readonly onDone: (document: string, revision: string) => void
}

export const UploadDialog = ({ document: known, onClose, onDone }: Props) => {
  const floor = useFloor()
  const { act } = useAct()
  const was = known ? floor.get(documentView, known) : undefined
  const [file, setFile] = useState<File>()
  const [document, setDocument] = useState(known)
  const [revision, setRevision] = useState(nextRevision(was?.revisions.at(-1)?.revision))
  const [title, setTitle] = useState(was?.title ?? '')
  const [part, setPart] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const take = (chosen: File | undefined) => {
    if (!chosen) return
    setProblem(problemOf(chosen))
    setFile(chosen)
    const name = chosen.name.replace(/\.pdf$/i, '')
    if (!document) setDocument(name.split(/[\s_]/)[0]?.toUpperCase() ?? '')
    if (!title) setTitle(name)
  }
  const left = useRef(false)
  const leave = () => {
    left.current = true
    onClose()
  }
  const send = async () => {
    if (!file) return
    try {
      setPart(0)
      const ref = await floor.office.upload(file, setPart)
      // Whoever left the dialog while it was sent wants no new revision.
      if (left.current) return
      const input = {
        document: document.trim(),
        revision: revision.trim(),
        title: title.trim(),
        fileName: file.name,
        file: { ...ref, type: 'application/pdf' }
      }
      if (await act(uploadRevision, input)) onDone(input.document, input.revision)
    } catch (caught) {
      setProblem(sentenceOf(caught))
    } finally {
      setPart(undefined)
    }
  }
  const missing = !file
    ? 'Choose a PDF.'
    : (problem ??
      (!document.trim()
        ? 'Give the document a number.'
        : !revision.trim()
          ? 'Give the revision.'
          : !title.trim()
            ? 'Give the title.'
            : undefined))
  return (
    <FormDialog
      title={known ? `New revision of ${known}` : 'Upload a PDF'}
      onClose={leave}
      does="Upload"
      onDo={() => void send()}
      busy={part !== undefined}
      why={missing}
    >
      <div data-wide="">
        <DropPlace file={file} problem={problem} onFile={take} />
      </div>
      <Field label="Number">
        <TextInput value={document} onChange={setDocument} readOnly={known !== ''} placeholder="BD-1042" />
      </Field>
      <Field label="Revision">
        <TextInput value={revision} onChange={setRevision} />
      </Field>
      <div data-wide="">
        <Field label="Title">
          <TextInput value={title} onChange={setTitle} />
        </Field>
      </div>
      {part !== undefined && (
        <div data-wide="">
          <Progress label={part < 1 ? `Sending, ${Math.round(part * 100)} %` : 'Sent, being registered'} part={part} />
        </div>
      )}
    </FormDialog>
  )
}

const problemOf = (file: File): string | undefined => {
  if (!/\.pdf$/i.test(file.name) && file.type !== 'application/pdf')
    return `${file.name} is not a PDF. Export the document as PDF.`
  if (file.size === 0) return `${file.name} is empty. Export it again.`
  return file.size > MOST ? `${file.name} is larger than 200 MB. Split it or save it smaller.` : undefined
}

/** A becomes B, 3 becomes 4; anything else is left to the person. */
const nextRevision = (was: string | undefined): string => {
  if (was === undefined) return 'A'
  if (/^[A-Y]$/.test(was)) return String.fromCharCode(was.charCodeAt(0) + 1)
  return /^\d{1,6}$/.test(was) ? String(Number(was) + 1) : ''
}

type DropProps = { file: File | undefined; problem: string | undefined; onFile: (file: File | undefined) => void }

const DropPlace = ({ file, problem, onFile }: DropProps) => {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFile(event.dataTransfer?.files[0])
  }
  return (
    <div
      class={css.drop}
      role="group"
      aria-label="PDF"
      data-over={over ? '' : undefined}
      data-problem={problem ? '' : undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{file ? file.name : 'Drop a PDF here'}</p>
      {problem ? (
        <p role="alert">{problem}</p>
      ) : (
        <Quiet>Its pages are made by the office. It can be released when they are there.</Quiet>
      )}
      <Button onPress={() => input.current?.click()}>{file ? 'Choose another' : 'Choose a file'}</Button>
      <input
        ref={input}
        type="file"
        accept="application/pdf,.pdf"
        hidden
        aria-label="PDF file"
        onChange={event => onFile(event.currentTarget.files?.[0])}
      />
    </div>
  )
}
