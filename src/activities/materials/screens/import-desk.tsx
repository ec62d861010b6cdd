/** Importing: choose files, see what they would change row by row, then write all of it or nothing. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Panel, Quiet, Row, Stack } from '#ui/desk-parts.tsx'
import { DeskScreen } from '#ui/desk-screen.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { Progress } from '#ui/progress.tsx'
import { sentenceOf } from '#ui/use-act.ts'
import { type Applied, type DryRun, type Shapes, summary, whyNot } from './import-answers.ts'
import css from './import-desk.module.css'
import { ImportReport } from './import-report.tsx'
import { ImportTemplates } from './import-templates.tsx'

type Working = { readonly label: string; readonly part: number }

export const ImportDesk = () => {
  const shapes = useShapes()
  const importing = useImport()
  const [files, setFiles] = useState<readonly File[]>([])
  const [mapping, setMapping] = useState('')
  const [params, setParams] = useState<Readonly<Record<string, string>>>({})
  const chosen = shapes?.mappings.find(one => one.name === mapping)
  const look = (next: readonly File[], by = mapping, given = params) => {
    setFiles(next)
    void importing.dryRun(next, by, given)
  }
  const suggested = shapes?.mappings.find(one => one.name === importing.run?.suggests)
  const readBy = (by: string) => {
    setMapping(by)
    // What was seen was read with the columns of before.
    if (files.length > 0) look(files, by)
  }
  return (
    <DeskScreen title="Import">
      <Stack>
        <Panel title="Files">
          <Stack>
            <DropPlace files={files} onFiles={look} />
            <div class={css.choices}>
              <Field
                label="Columns"
                hint={chosen?.note ?? 'Our own names, and the ones that other systems use for them'}
              >
                <Select
                  value={mapping}
                  onChange={readBy}
                  options={[
                    { value: '', label: 'As in our templates' },
                    ...(shapes?.mappings ?? []).map(({ name, title }) => ({ value: name, label: title }))
                  ]}
                />
              </Field>
              {chosen?.asks.map(name => (
                <Field
                  key={name}
                  label={`Item number of the ${name}`}
                  hint="Empty: the name in the mapping or of the file"
                >
                  <TextInput value={params[name] ?? ''} onChange={value => setParams({ ...params, [name]: value })} />
                </Field>
              ))}
            </div>
            <Row>
              <Button
                tone={importing.run ? 'plain' : 'primary'}
                why={files.length === 0 ? 'Choose the files first.' : undefined}
                busy={importing.working !== undefined}
                onPress={() => look(files)}
              >
                {importing.run ? 'Look again' : 'See what would change'}
              </Button>
            </Row>
          </Stack>
        </Panel>
        {importing.working && <Progress {...importing.working} />}
        {suggested && (
          <Card level="attention">
            <Row>
              <p>These files have the columns of “{suggested.title}”, not ours.</p>
              <Button tone="primary" onPress={() => readBy(suggested.name)}>
                Read them so
              </Button>
            </Row>
          </Card>
        )}
        {importing.run && (
          <Verdict
            run={importing.run}
            busy={importing.working !== undefined}
            onImport={() => importing.apply(() => setFiles([]))}
          />
        )}
        {importing.run ? <ImportReport run={importing.run} /> : <ImportTemplates shapes={shapes} />}
      </Stack>
    </DeskScreen>
  )
}

const useShapes = (): Shapes | undefined => {
  const floor = useFloor()
  const [shapes, setShapes] = useState<Shapes>()
  const reachable = floor.network.value.state !== 'offline'
  const person = floor.person.value?.person
  useEffect(() => {
    // The office answers only who is signed in there.
    if (person) floor.office.get<Shapes>('/v1/import/templates').then(setShapes, () => setShapes(undefined))
  }, [floor, reachable, person])
  return shapes
}

const useImport = () => {
  const floor = useFloor()
  const [run, setRun] = useState<DryRun>()
  const [working, setWorking] = useState<Working>()
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (problem) {
      floor.tell({ text: sentenceOf(problem), tone: 'stop' })
    } finally {
      setWorking(undefined)
    }
  }
  const dryRun = (files: readonly File[], mapping: string, params: Readonly<Record<string, string>>) =>
    guarded(async () => {
      setRun(undefined)
      if (files.length === 0) return
      const refs: { name: string; sha256: string }[] = []
      for (const [at, file] of files.entries()) {
        const label = `Sending ${file.name}`
        const { sha256 } = await floor.office.upload(file, part =>
          setWorking({ label, part: (at + part) / files.length })
        )
        refs.push({ name: file.name, sha256 })
      }
      setWorking({ label: 'Reading every row', part: 1 })
      const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value.trim() !== ''))
      setRun(
        await floor.office.post<DryRun>('/v1/import/dry-run', {
          files: refs,
          params: given,
          ...(mapping ? { mapping } : {})
        })
      )
    })
  /** `done`: all of it was written. */
  const apply = (done: () => void) =>
    guarded(async () => {
      if (!run) return
      setWorking({ label: 'Writing', part: 1 })
      const { report } = await floor.office.post<Applied>('/v1/import/apply', { dryRun: run.dryRun })
      setRun(undefined)
      done()
      floor.tell({ text: `Imported: ${report.new} new, ${report.changed} changed`, tone: 'ok' })
    })
  return { run, working, dryRun, apply }
}

type VerdictProps = { readonly run: DryRun; readonly busy: boolean; readonly onImport: () => Promise<void> }

const Verdict = ({ run: { report }, busy, onImport }: VerdictProps) => {
  const rows = report.changed + report.new
  return (
    <div
      class={css.verdict}
      data-level={report.stops > 0 ? 'stop' : report.looks > 0 ? 'attention' : 'info'}
      role="status"
    >
      <p>{summary(report)}</p>
      <Button tone="primary" why={whyNot(report)} busy={busy} onPress={() => void onImport()}>
        {rows === 0 ? 'Import' : rows === 1 ? 'Import 1 row' : `Import ${rows.toLocaleString('en-GB')} rows`}
      </Button>
    </div>
  )
}

const DropPlace = ({ files, onFiles }: { files: readonly File[]; onFiles: (files: readonly File[]) => void }) => {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  return (
    <div
      class={css.drop}
      role="group"
      aria-label="Files to import"
      data-over={over ? '' : undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        onFiles([...(event.dataTransfer?.files ?? [])])
      }}
    >
      <div>
        <strong>
          {files.length > 0 ? `${files.length} ${files.length === 1 ? 'file' : 'files'} chosen` : 'Drop CSV files here'}
        </strong>
        <Quiet>Comma, semicolon or tab; any spelling of numbers. Nothing is written before you have seen it.</Quiet>
      </div>
      <Button onPress={() => input.current?.click()}>{files.length > 0 ? 'Choose others' : 'Choose files'}</Button>
      {files.length > 0 && (
        <ul class={css.files}>
          {files.map(file => (
            <li key={file.name}>{file.name}</li>
          ))}
        </ul>
      )}
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        multiple
        hidden
        aria-label="CSV files"
        onChange={event => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
