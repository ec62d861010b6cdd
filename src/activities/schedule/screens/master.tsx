/** The master schedule as a sheet, beside it what each edit does; what is typed goes into a draft, or is asked for where it is frozen. */
import { useRef, useState } from 'preact/hooks'
import { remembering } from '#kernel/remember.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { matches, Quiet } from '#ui/desk-parts.tsx'
import type { Floor } from '#ui/floor.tsx'
import { useAnswer } from '#ui/use-answer.ts'
import { frozenUntil } from '../frozen.ts'
import type { Bucket, BucketKind } from '../mps/buckets.ts'
import { consequencesOf } from '../mps/consequences.ts'
import { buildsIn, type MpsLines, mpsLinesOf, plannedAs } from '../mps/lines.ts'
import { OUTLOOK, type PlanOutlook } from '../outlook.ts'
import { type Build, buildView } from '../projection.ts'
import { withChange, without } from '../scenario.ts'
import { BucketChoice } from './bucket-choice.tsx'
import { Consequences } from './consequences.tsx'
import { AskFrozen, type Frozen } from './frozen-form.tsx'
import { MpsSheet } from './mps-sheet.tsx'
import css from './plan-desk.module.css'
import { type Ordering, OrderForm } from './plan-forms.tsx'
import { namesOf } from './plan-names.ts'
import { askedOf, type Desk } from './plan-time.ts'
import { ScenarioBar } from './scenario-bar.tsx'
import type { Scenarios } from './use-scenarios.ts'

type Props = {
  readonly desk: Desk
  readonly kind: BucketKind
  readonly onKind: (kind: BucketKind) => void
  readonly scenarios: Scenarios
  /** What is looked for, in the numbers and names of items. */
  readonly typed: string
}

export const Master = ({ desk, kind, onKind, scenarios, typed }: Props) => {
  const { floor, buckets } = desk
  const [at, setAt] = useState<{ readonly item: string; readonly bucket: number }>()
  const [ordering, setOrdering] = useState<Ordering>()
  const { then, problem, consequences } = useConsequences(desk, kind, scenarios)
  const { live, lines } = useLines(desk, scenarios)
  const { plan, asking, next } = usePlanning(desk, scenarios)
  const shown = lines.filter(({ item }) => matches(typed, item.item, item.name))
  const build = at && orderable(live, at, buckets)
  return (
    <>
      <div class={css.tools}>
        <ScenarioBar scenarios={scenarios} consequences={consequences} />
        <BucketChoice kind={kind} onKind={onKind} />
        {build && !scenarios.scenario && (
          <Button onPress={() => setOrdering(build)}>
            Make a work order of {build.build.quantity} {build.name}
          </Button>
        )}
      </div>
      {shown.length === 0 ? (
        <Empty
          title={typed ? `No item matches “${typed}”` : 'Nothing to plan yet'}
          hint="Add items that are made here, then say who wants how many by when."
        />
      ) : (
        <div class={css.desk}>
          <MpsSheet
            buckets={buckets}
            kind={kind}
            lines={shown}
            live={new Map(live.map(line => [line.item.item, line]))}
            onPlan={plan}
            onAt={(item, bucket) => setAt({ item, bucket })}
            onWrong={text =>
              floor.tell({ text: `“${text}” is no whole number of pieces. Nothing was changed.`, tone: 'stop' })
            }
          />
          <Consequences
            consequences={consequences}
            outlook={then.answer}
            part={then.part}
            problem={problem}
            names={namesOf(floor, then.answer, buckets, kind)}
          />
        </div>
      )}
      <HowItReads />
      {asking[0] && (
        <AskFrozen
          key={asking[0].build.build}
          {...asking[0]}
          more={asking.length - 1}
          scenario={scenarios.scenario?.name}
          onClose={next}
        />
      )}
      {ordering && <OrderForm {...ordering} onClose={() => setOrdering(undefined)} />}
    </>
  )
}

const HowItReads = () => (
  <Quiet>
    Left = left before + on open orders + planned − demand; what is past due counts in the first column. Type into the
    planned line: arrows move, Enter keeps, Ctrl+D fills down, Ctrl+Z takes back, a block from a spreadsheet can be
    pasted. Before a thick line a change needs a signature.
  </Quiet>
)

/** What the draft does to the plan as it is; undefined while nothing was changed. */
const useConsequences = (desk: Desk, kind: BucketKind, scenarios: Scenarios) => {
  const now = useAnswer<PlanOutlook>(OUTLOOK, askedOf(desk, kind))
  const then = useAnswer<PlanOutlook>(OUTLOOK, askedOf(desk, kind), scenarios.supposing)
  const changed = scenarios.supposing.length > 0
  const consequences = changed && now.answer && then.answer ? consequencesOf(now.answer, then.answer) : undefined
  return { then, problem: then.problem ?? now.problem, consequences }
}

/** The lines as the plan is, and as they are shown. */
const useLines = ({ floor, today, buckets }: Desk, scenarios: Scenarios) => {
  const keep = useRef(remembering()).current
  const live = mpsLinesOf(floor, buckets, today, keep)
  const changed = scenarios.supposing.length > 0
  return { live, lines: changed ? mpsLinesOf(scenarios.known, buckets, today, keep, 'draft') : live }
}

/** Puts a number into the draft; what is frozen is asked for instead, one build after the other. */
const usePlanning = ({ floor, today, buckets, now }: Desk, scenarios: Scenarios) => {
  const [asking, setAsking] = useState<readonly Frozen[]>([])
  const plan = (line: MpsLines, bucket: number, quantity: number): void => {
    const builds = plannedAs(line, buckets, bucket, quantity, today)
    // The rule itself decides: a bucket over the fence is shaded whole, and a build late in it may be free.
    const frozen = builds.find(one => frozenUntil(floor, one, { at: new Date(now).toISOString() }))
    // A pasted block may hold several: each is asked for once.
    if (frozen)
      return setAsking(was => [
        ...was.filter(one => one.build.build !== frozen.build),
        { name: line.item.name, build: frozen }
      ])
    scenarios.change(was => builds.reduce((sum, one) => asPlanned(floor, sum, one), was))
  }
  return { plan, asking, next: () => setAsking(was => was.slice(1)) }
}

/** Typing the number that stands in the plan takes the change out. */
const asPlanned = (
  floor: Floor,
  was: Scenarios['changes'],
  one: Pick<Build, 'build' | 'item' | 'quantity' | 'due'>
) => {
  const live = floor.get(buildView, one.build)
  const same = (live?.quantity ?? 0) === one.quantity && (live === undefined || live.due === one.due)
  return same ? without(was, 'builds', one.build) : withChange(was, 'builds', one)
}

/** The one build under the cursor that could become a work order. */
const orderable = (
  lines: readonly MpsLines[],
  { item, bucket }: { readonly item: string; readonly bucket: number },
  buckets: readonly Bucket[]
): Ordering | undefined => {
  const line = lines.find(one => one.item.item === item)
  const [only, ...others] = line ? buildsIn(line, buckets, bucket) : []
  return line && only && others.length === 0 ? { build: only, name: line.item.name } : undefined
}
