/** The CSV templates, each to be saved with what the plant holds now: the best example of its own shape. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Panel, Quiet, RowActions } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { sentenceOf } from '#ui/use-act.ts'
import css from './import-desk.module.css'
import { saveText, type Shapes, type TextFile } from './import-answers.ts'

type Template = Shapes['templates'][number]

export const ImportTemplates = ({ shapes }: { shapes: Shapes | undefined }) => {
  const floor = useFloor()
  const [saving, setSaving] = useState<string>()
  const save = async (template: string) => {
    setSaving(template)
    try {
      const { files } = await floor.office.get<{ files: readonly TextFile[] }>('/v1/export')
      const file = files.find(one => one.name === `${template}.csv`)
      if (file) saveText(file)
    } catch (problem) {
      floor.tell({ text: sentenceOf(problem), tone: 'stop' })
    } finally {
      setSaving(undefined)
    }
  }
  const columns: readonly Column<Template>[] = [
    { name: 'File', value: one => <strong>{`${one.name}.csv`}</strong> },
    { name: 'Holds', value: one => one.title },
    { name: 'Columns', value: one => <Columns template={one} /> },
    {
      name: 'Save',
      value: one => (
        <RowActions>
          <Button busy={saving === one.name} onPress={() => void save(one.name)}>
            Save
          </Button>
        </RowActions>
      )
    }
  ]
  return (
    <Panel title="Templates">
      <Quiet>
        Each file holds what the plant knows now. Change it in a spreadsheet and import it again. Rows you leave out
        stay as they are; bold columns are needed.
      </Quiet>
      <Table
        columns={columns}
        rows={shapes?.templates ?? []}
        keyOf={one => one.name}
        empty={<Empty title="The list of templates comes from the office" hint="It needs the network." />}
      />
    </Panel>
  )
}

const Columns = ({ template }: { template: Template }) => (
  <span class={css.columns}>
    {template.columns.map(({ name, needed }) =>
      needed ? <strong key={name}>{name}</strong> : <span key={name}>{name}</span>
    )}
  </span>
)
