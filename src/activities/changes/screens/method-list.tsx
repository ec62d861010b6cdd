/** The methods of each item, newest first, and what changed between two of them. */
import { useState } from 'preact/hooks'
import { Age } from '#ui/age.tsx'
import { Card, Empty } from '#ui/card.tsx'
import { Code, Facts, Inline, matches, Panel, Quiet, Split } from '#ui/desk-parts.tsx'
import { Field, Select } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { compareMethods, type Difference } from '../diff.ts'
import { itemMasterView, type ItemMethods, itemMethodsView, type Method, methodView } from '../projection.ts'
import css from './changes-desk.module.css'

type Row = {
  readonly item: string
  readonly method: string
  readonly number: number
  readonly revision: string
  readonly frozenAt: string
}

type Props = { readonly typed: string /** Chosen from the start. */; readonly first: string | undefined }

export const MethodList = ({ typed, first }: Props) => {
  const floor = useFloor()
  const [chosen, setChosen] = useState(first)
  const items = floor.list(itemMethodsView).map(([, one]) => one)
  const nameOf = (item: string) => floor.get(itemMasterView, item)?.name ?? item
  const rows = items
    .flatMap(({ item, methods }) => methods.map(head => ({ item, ...head })))
    .filter(row => matches(typed, row.item, nameOf(row.item)))
    .sort((a, b) => (a.frozenAt < b.frozenAt ? 1 : -1))
  const columns: readonly Column<Row>[] = [
    {
      name: 'Item',
      value: row => (
        <span class={css.item}>
          {nameOf(row.item)}
          <small>
            {row.item} rev {row.revision}
          </small>
        </span>
      ),
      sort: row => nameOf(row.item)
    },
    { name: 'Method', value: row => <strong>{row.number}</strong>, sort: row => row.number, align: 'end' },
    {
      name: 'Hash',
      value: row => (
        <Inline>
          <Code>{row.method.slice(0, 8)}</Code>
        </Inline>
      )
    },
    { name: 'Frozen', value: row => <Age since={row.frozenAt} />, sort: row => row.frozenAt }
  ]
  const method = chosen === undefined ? undefined : floor.get(methodView, chosen)
  const siblings = method && items.find(({ item }) => item === method.content.item)
  return (
    <Split
      left={
        <Table
          columns={columns}
          rows={rows}
          keyOf={row => row.method}
          onOpen={row => setChosen(row.method)}
          empty={
            <Empty
              title={typed ? `No method of “${typed}”` : 'No methods yet'}
              hint="A method is frozen when the first work order of an item is released."
            />
          }
        />
      }
      right={method && siblings ? <MethodPanel key={method.method} method={method} siblings={siblings} /> : undefined}
    />
  )
}

const MethodPanel = ({ method, siblings }: { method: Method; siblings: ItemMethods }) => {
  const floor = useFloor()
  const { content } = method
  const others = siblings.methods.filter(one => one.method !== method.method)
  const [against, setAgainst] = useState(others.findLast(one => one.number < method.number)?.method ?? '')
  const other = against ? floor.get(methodView, against) : undefined
  return (
    <>
      <Panel title={`${content.itemName}, method ${method.number}`}>
        <Facts
          facts={[
            ['Hash', <Code>{method.method}</Code>],
            [
              'Frozen',
              <>
                {floor.nameOf(method.frozenBy)}, <Age since={method.frozenAt} /> ago
              </>
            ],
            ['BOM', `${content.bom.length} lines`],
            [
              'Routing',
              `${content.operations.length} operations, ${content.operations.reduce((sum, { steps }) => sum + steps.length, 0)} steps`
            ],
            ['Documents', content.documents.map(one => `${one.document} rev ${one.revision}`).join(', ')],
            ['Control plans', content.controlPlans.map(one => `${one.plan} rev ${one.revision}`).join(', ')],
            ['Tools', content.tools.map(one => one.tool).join(', ')]
          ]}
        />
      </Panel>
      <Panel title="What changed">
        {others.length === 0 ? (
          <Quiet>This is the only method of {content.item}. The next one is compared with it.</Quiet>
        ) : (
          <Field label="Compared with">
            <Select
              value={against}
              onChange={setAgainst}
              options={[
                { value: '', label: 'Choose a method' },
                ...others.map(one => ({ value: one.method, label: `Method ${one.number}, rev ${one.revision}` }))
              ]}
            />
          </Field>
        )}
        {other && <Differences list={compareMethods(other.content, content)} />}
      </Panel>
    </>
  )
}

const Differences = ({ list }: { list: readonly Difference[] }) =>
  list.length === 0 ? (
    <Quiet>Nothing that the floor would see.</Quiet>
  ) : (
    <div class={css.differences}>
      {list.map(({ part, what, before, after }) => (
        <Card key={`${part}/${what}`}>
          <p>
            <strong>{what}</strong> <small>{part}</small>
          </p>
          {before && (
            <p class={css.before}>
              <span>{after ? 'was' : 'gone'}</span> <del>{before}</del>
            </p>
          )}
          {after && (
            <p class={css.after}>
              <span>{before ? 'is' : 'new'}</span> <ins>{after}</ins>
            </p>
          )}
        </Card>
      ))}
    </div>
  )
