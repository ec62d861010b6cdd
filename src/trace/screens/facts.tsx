/** The run in numbers: its method, what each operation gave, what was found, what went in. */
import { show } from '#kernel/quantity.ts'
import { Empty } from '#ui/card.tsx'
import type { Floor } from '#ui/floor.tsx'
import { Table } from '#ui/table.tsx'
import type { Story } from '../story.ts'
import css from './trace-desk.module.css'

type Props = { readonly floor: Floor; readonly story: Story }

export const Facts = ({ floor, story }: Props) => (
  <>
    <dl class={css.facts}>
      <div>
        <dt>Method</dt>
        <dd>
          <code data-nocut="">{story.method ?? 'not released yet'}</code>
        </dd>
      </div>
      <div>
        <dt>Checks</dt>
        <dd>
          {story.checks.passed} passed, {story.checks.failed} not passed
        </dd>
      </div>
      <div>
        <dt>Defects</dt>
        <dd>
          {story.defects.found} found, {story.defects.decided} decided
        </dd>
      </div>
      <div>
        <dt>Holds</dt>
        <dd>
          {story.holds.placed} placed, {story.holds.released} released
        </dd>
      </div>
      <div>
        <dt>Late work</dt>
        <dd>{story.flagged === 0 ? 'none' : `${story.flagged} marked by the office`}</dd>
      </div>
      <div>
        <dt>People</dt>
        <dd>{story.people.map(floor.nameOf).join(', ')}</dd>
      </div>
    </dl>
    <div class={css.two}>
      <section class={css.section}>
        <h2>Pieces by operation</h2>
        <Table
          rows={story.counts}
          keyOf={one => String(one.op)}
          empty={
            <Empty title="Nothing reported yet" hint="Good, scrap and rework show here as stations report them." />
          }
          columns={[
            { name: 'Operation', value: one => one.op, sort: one => one.op },
            { name: 'Good', value: one => one.good, sort: one => one.good, align: 'end' },
            { name: 'Scrap', value: one => one.scrap, sort: one => one.scrap, align: 'end' },
            { name: 'Rework', value: one => one.rework, sort: one => one.rework, align: 'end' }
          ]}
        />
      </section>
      <section class={css.section}>
        <h2>Parts that went in</h2>
        <Table
          rows={story.parts}
          keyOf={one => `${one.item} ${one.lot}`}
          onOpen={({ lot }) => lot !== '' && floor.go(`/trace?lot=${encodeURIComponent(lot)}`)}
          empty={<Empty title="No part recorded yet" hint="Parts show here by lot as they are scanned at a step." />}
          columns={[
            { name: 'Item', value: one => <strong data-nocut="">{one.item}</strong>, sort: one => one.item },
            {
              name: 'Lot or serial',
              value: one => <span data-nocut="">{one.lot || 'not tracked'}</span>,
              sort: one => one.lot
            },
            { name: 'Quantity', value: one => show(one.quantity), sort: one => one.quantity, align: 'end' },
            { name: 'In pieces', value: one => one.pieces, sort: one => one.pieces, align: 'end' }
          ]}
        />
      </section>
    </div>
  </>
)
