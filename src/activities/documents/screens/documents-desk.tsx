/** Build documents: which revision the floor works to, which one waits, and bringing a new one in. */
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Mark, matches, Named, Panel, Search, Split } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { type BuildDocument, documentView, releasedOf, type Revision } from '../projection.ts'
import { markOf } from './revision-mark.ts'
import { RevisionPanel } from './revision-panel.tsx'
import { UploadDialog } from './upload-dialog.tsx'

type Chosen = { readonly document: string; readonly revision?: string }

/** The document that another page's link names. */
const askedFor = (): Chosen | undefined => {
  const document = new URLSearchParams(location.search).get('document')
  return document ? { document } : undefined
}

export const DocumentsDesk = () => {
  const floor = useFloor()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Chosen | undefined>(askedFor)
  const [uploading, setUploading] = useState<string>()
  const documents = floor.list(documentView).map(([, document]) => document)
  const shown = documents.filter(one => matches(typed, one.document, one.title))
  const open = documents.find(one => one.document === chosen?.document)
  return (
    <DeskScreen
      title="Documents"
      actions={
        <>
          <Search value={typed} onChange={setTyped} label="Find a document" />
          <Button tone="primary" onPress={() => setUploading('')}>
            Upload a PDF
          </Button>
        </>
      }
    >
      <Split
        left={
          <Table
            columns={columns}
            rows={shown}
            keyOf={one => one.document}
            onOpen={({ document }) => setChosen({ document })}
            empty={
              typed ? (
                <Empty title={`No document matches “${typed}”`} />
              ) : (
                <Empty
                  title="No build documents yet"
                  hint="Upload a PDF. Its pages are made here, so that every tablet has them without a network."
                />
              )
            }
          />
        }
        right={
          open ? (
            <DocumentPanel
              document={open}
              revision={chosen?.revision}
              onRevision={revision => setChosen({ document: open.document, revision })}
              onUpload={() => setUploading(open.document)}
            />
          ) : undefined
        }
      />
      {uploading !== undefined && (
        <UploadDialog
          document={uploading}
          onClose={() => setUploading(undefined)}
          onDone={(document, revision) => {
            setUploading(undefined)
            setChosen({ document, revision })
          }}
        />
      )}
    </DeskScreen>
  )
}

const columns: readonly Column<BuildDocument>[] = [
  { name: 'Document', value: one => <Named number={one.document} name={one.title} />, sort: one => one.document },
  { name: 'Released', value: one => releasedOf(one)?.revision ?? '–', sort: one => releasedOf(one)?.revision ?? '' },
  { name: 'Newest', value: one => <Newest document={one} /> }
]

const Newest = ({ document }: { document: BuildDocument }) => {
  const last = document.revisions.at(-1)
  return last ? (
    <Mark level={markOf(last).level} word={`${last.revision} ${markOf(last).word.toLowerCase()}`} />
  ) : (
    <>–</>
  )
}

type PanelProps = {
  document: BuildDocument
  revision: string | undefined
  onRevision: (revision: string) => void
  onUpload: () => void
}

const DocumentPanel = ({ document, revision, onRevision, onUpload }: PanelProps) => {
  const floor = useFloor()
  const shown =
    document.revisions.find(one => one.revision === revision) ?? releasedOf(document) ?? document.revisions.at(-1)
  const newestFirst = document.revisions.toReversed()
  const revisionColumns: readonly Column<Revision>[] = [
    { name: 'Rev', value: one => <strong>{one.revision}</strong> },
    { name: 'State', value: one => <Mark {...markOf(one)} /> },
    { name: 'Pages', value: one => one.pages.length || '', align: 'end' },
    { name: 'By', value: one => floor.nameOf(one.releasedBy ?? one.uploadedBy) },
    { name: 'Age', value: one => <Age since={one.releasedAt ?? one.uploadedAt} /> }
  ]
  return (
    <>
      <Panel
        title={`${document.document} ${document.title}`}
        actions={<Button onPress={onUpload}>New revision</Button>}
      >
        <Table
          columns={revisionColumns}
          rows={newestFirst}
          keyOf={one => one.revision}
          onOpen={one => onRevision(one.revision)}
          empty=""
        />
      </Panel>
      {shown && (
        <RevisionPanel key={`${document.document}/${shown.revision}`} document={document.document} revision={shown} />
      )}
    </>
  )
}
