/** The set-up matrix as a sheet to type into, and which operations fill a furnace. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Panel, Quiet, Row, Stack } from '#ui/desk-parts.tsx'
import { Select } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { type Level, StateMark } from '#ui/state-mark.tsx'
import type { SheetCell } from '#ui/use-sheet.ts'
import { setupKey, stationView } from '../projection.ts'
import { Furnaces } from './furnaces.tsx'
import { cellWords, type Family, ghostOf, type Matrix, matrixOf, minutesText } from './set-up-matrix.ts'
import css from './set-ups.module.css'
import { SaveTemplate } from './save-template.tsx'
import { type TypedCell, useSetups } from './use-set-ups.ts'

export const SetUps = () => (
  <Stack>
    <MatrixPanel />
    <Furnaces />
  </Stack>
)

const MatrixPanel = () => {
  const floor = useFloor()
  const [station, setStation] = useState('')
  const setups = useSetups()
  const matrix = matrixOf(floor, station === '' ? undefined : station)
  const stations = floor.list(stationView).map(([, one]) => one)
  const at = station === '' ? {} : { station }
  const name = station === '' ? 'every station' : `${station} ${floor.get(stationView, station)?.name ?? ''}`.trim()
  const none = matrix.families.length === 0
  return (
    <Panel
      title={`Set-up matrix of ${name}`}
      actions={
        <div class={css.actions}>
          <Select
            label="Of which station"
            value={station}
            onChange={setStation}
            options={[
              { value: '', label: 'Every station' },
              ...stations.map(one => ({ value: one.station, label: `Only ${one.station} ${one.name}` }))
            ]}
          />
          <Button why={none ? 'There is nothing to print yet.' : undefined} onPress={() => print()}>
            Print
          </Button>
        </div>
      }
    >
      {none ? (
        <NoFamilies station={station} />
      ) : (
        <>
          <Missing matrix={matrix} />
          {setups.lacks !== undefined && (
            <Said level="off" word="Read only">
              {setups.lacks}
            </Said>
          )}
          <Sheet
            key={station}
            label={`Set-up matrix of ${name}`}
            corner="from ↓ to →"
            columns={matrix.families.map(({ family }) => ({ key: family, name: family }))}
            rows={matrix.families.map(({ family: from, uses }) => ({
              key: from,
              group: from,
              name: usesWords(uses),
              cell: column => {
                const to = matrix.families[column]?.family ?? ''
                const typed = setups.cells.get(setupKey({ from, to, ...at }))
                return cellOf(matrix, from, to, typed, setups.lacks === undefined)
              }
            }))}
            onEdit={changes =>
              setups.type(
                changes.map(({ row, column, text }) => ({
                  from: row,
                  to: matrix.families[column]?.family ?? '',
                  ...at,
                  text
                }))
              )
            }
          />
          <Typed setups={setups} />
          <Quiet>
            Minutes that a station loses from one family to the next, besides the set-up of the operation itself.{' '}
            {station === ''
              ? 'They count at every station that has none of its own; a star stands for single stations that have. '
              : 'What stands grey is that of every station; an own number goes before it, and 0 is a number. '}
            {setups.lacks === undefined && (
              <span data-screen="">
                Arrows move, Enter keeps, Delete takes a row out, Ctrl+Z takes back, a block from a spreadsheet can be
                pasted. The schedule follows at once.
              </span>
            )}
          </Quiet>
        </>
      )}
    </Panel>
  )
}

const usesWords = (uses: Family['uses']): string =>
  uses.length === 0 ? 'in no routing' : uses.length === 1 ? '1 operation' : `${uses.length} operations`

const cellOf = (
  matrix: Matrix,
  from: string,
  to: string,
  typed: TypedCell | undefined,
  editable: boolean
): SheetCell => {
  const cell = matrix.cell(from, to)
  const level = typed?.state === 'wrong' ? 'stop' : typed?.state === 'kept' ? 'attention' : undefined
  return {
    text: typed?.text ?? minutesText(cell.own),
    ghost: ghostOf(cell),
    title: typed?.why ?? cellWords(from, to, cell),
    editable,
    shaded: from === to,
    changed: typed !== undefined,
    level
  }
}

type SaidProps = { readonly level: Level; readonly word: string; readonly children: ComponentChildren }

/** A state in a word or two, and beside it what it means. */
const Said = ({ level, word, children }: SaidProps) => (
  <p class={css.said}>
    <StateMark level={level} word={word} /> <span>{children}</span>
  </p>
)

const Missing = ({ matrix: { pairs, missing } }: { readonly matrix: Matrix }) => {
  if (pairs === 0) return <Quiet>No two families meet at a station, so nothing has to be changed over.</Quiet>
  if (missing === 0) return <Quiet>Every change-over that can happen has its minutes.</Quiet>
  return (
    <Said level="attention" word={`${missing} of ${pairs} missing`}>
      {missing === 1
        ? 'This change-over can happen and has no minutes. It is'
        : 'These change-overs can happen and have no minutes. They are'}{' '}
      marked “?”, and the schedule takes {missing === 1 ? 'it' : 'them'} as none.
    </Said>
  )
}

/** What is on its way, what can't be meant, and what the office did not take. */
const Typed = ({ setups }: { readonly setups: ReturnType<typeof useSetups> }) => {
  const typed = [...setups.cells.values()]
  const wrong = typed.filter(one => one.state === 'wrong')
  const kept = typed.filter(one => one.state === 'kept').length
  const saving = typed.filter(one => one.state === 'saving').length
  return (
    <div class={css.typed} aria-live="polite" data-typed="">
      {saving > 0 && (
        <Quiet>{saving === 1 ? 'One change is being saved.' : `${saving} changes are being saved.`}</Quiet>
      )}
      {wrong.slice(0, WRONG).map(({ row, why }) => (
        <Said key={setupKey(row)} level="stop" word="Not saved">
          {row.from} → {row.to}
          {row.station !== undefined && ` at ${row.station}`}: {why}
        </Said>
      ))}
      {wrong.length > WRONG && <Quiet>and {wrong.length - WRONG} more cells that can’t be saved.</Quiet>}
      {kept > 0 && (
        <Said level="attention" word="Not saved">
          {kept === 1 ? 'One change is typed, and the office has' : `${kept} changes are typed, and the office has`} not
          taken {kept === 1 ? 'it' : 'them'}.
        </Said>
      )}
      {wrong.length + kept > 0 && (
        <div class={css.actions}>
          {kept > 0 && (
            <Button tone="primary" why={setups.lacks} onPress={setups.again}>
              {kept === 1 ? 'Save it now' : 'Save them now'}
            </Button>
          )}
          <Button onPress={setups.leave}>Back to what is saved</Button>
          <Quiet>It stays typed in this browser, also when you leave the page.</Quiet>
        </div>
      )}
    </div>
  )
}
const WRONG = 5

const NoFamilies = ({ station }: { readonly station: string }) =>
  station === '' ? (
    <Empty
      title="No operation belongs to a family yet"
      hint="A family is what a station is set up for: a colour, a material, a width. An engineer names it under Routings, or in the column “family” of routing.csv. Then its minutes are typed here."
    >
      <Row>
        <a href="/routings">Routings</a>
        <SaveTemplate file="routing.csv" />
      </Row>
    </Empty>
  ) : (
    <Empty
      title={`Nothing at ${station} belongs to a family`}
      hint="An engineer gives an operation its family under Routings."
    />
  )
