/** What a dry run found: the files, and each problem with its row. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Code, Inline, Mark, Panel, Quiet, RowActions, Tabs } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { sentenceOf } from '#ui/use-act.ts'
import { type DryRun, type FileRow, type ImportProblem, saveText, type TextFile } from './import-answers.ts'

type Shown = 'all' | 'stop' | 'look'

export const ImportReport = ({ run }: { run: DryRun }) => {
  const { report } = run
  const [shown, setShown] = useState<Shown>('all')
  const problems = report.problems.filter(one => shown === 'all' || one.level === shown)
  const hidden = report.stops + report.looks - report.problems.length
  return (
    <>
      <Panel
        title="Problems"
        actions={
          <Tabs
            label="Problems"
            chosen={shown}
            onChange={setShown}
            tabs={[
              { tab: 'all', name: 'All', count: report.stops + report.looks },
              { tab: 'stop', name: 'Stop the import', count: report.stops, level: 'stop' },
              { tab: 'look', name: 'To look at', count: report.looks, level: 'attention' }
            ]}
          />
        }
      >
        <Table
          columns={problemColumns}
          rows={problems}
          keyOf={one => `${one.file}/${one.row}/${one.column}/${one.message}`}
          empty={<Empty title={shown === 'stop' ? 'Nothing stops this import' : 'No problems found'} />}
        />
        {hidden > 0 && <Quiet>{`${hidden} more like these are not listed.`}</Quiet>}
      </Panel>
      <Panel title="What was read">
        <Table
          columns={fileColumns(run.dryRun)}
          rows={report.files}
          keyOf={one => `${one.file} ${one.template}`}
          empty={<Empty title="None of the files could be read" />}
        />
      </Panel>
    </>
  )
}

const fileColumns = (dryRun: string): readonly Column<FileRow>[] => [
  { name: 'File', value: one => <strong>{one.file}</strong>, sort: one => one.file },
  { name: 'Read as', value: one => `${one.template.replace('_', ' ')}, ${one.delimiter}, ${one.encoding}` },
  { name: 'Rows', value: one => one.rows, align: 'end' },
  { name: 'Unchanged', value: one => one.unchanged, align: 'end' },
  { name: 'Changed', value: one => one.changed, align: 'end' },
  { name: 'New', value: one => one.new, align: 'end' },
  { name: 'Left out', value: one => one.leftOut || '', align: 'end' },
  { name: 'Marked file', value: one => <SaveMarked dryRun={dryRun} file={one.file} /> }
]

const problemColumns: readonly Column<ImportProblem>[] = [
  {
    name: 'Level',
    value: one => (
      <Mark level={one.level === 'stop' ? 'stop' : 'attention'} word={one.level === 'stop' ? 'Stops' : 'Look'} />
    ),
    sort: one => (one.level === 'stop' ? 0 : 1)
  },
  { name: 'File', value: one => one.file, sort: one => one.file },
  { name: 'Row', value: one => one.row || '', sort: one => one.row, align: 'end' },
  { name: 'Column', value: one => <Inline>{one.column}</Inline>, sort: one => one.column },
  { name: 'Says', value: one => <Code>{one.value.slice(0, 40)}</Code> },
  { name: 'What is wrong', value: one => one.message }
]

const SaveMarked = ({ dryRun, file }: { dryRun: string; file: string }) => {
  const floor = useFloor()
  const save = async () => {
    try {
      saveText(await floor.office.get<TextFile>(`/v1/import/marked?dryRun=${dryRun}&file=${encodeURIComponent(file)}`))
    } catch (problem) {
      floor.tell({ text: sentenceOf(problem), tone: 'stop' })
    }
  }
  return (
    <RowActions>
      <Button onPress={() => void save()}>Save</Button>
    </RowActions>
  )
}
