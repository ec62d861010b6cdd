/** The inspector's checklist: one piece at a time, every check said by a person or judged against its limits. */
import { useState } from 'preact/hooks'
import { isRefusal } from '#kernel/decision.ts'
import { readLabel } from '#kernel/label.ts'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { DocumentPages } from '#ui/document-pages.tsx'
import { FloorScreen } from '#ui/floor-screen.tsx'
import { type Floor, useFloor, useScan } from '#ui/floor.tsx'
import { isCovered, type Lot, lotOf, lotVerdict, missingIn, samplesOf, tally } from '../known.ts'
import { type Characteristic, qualityMethodView } from '../plans.ts'
import { pieceKey, pieceView } from '../projection.ts'
import { closeInspection, identifySample } from '../rules.ts'
import { CheckRow } from './check-row.tsx'
import { GaugeGate, type Gauges, useGauges } from './gauge-gate.tsx'
import css from './inspection-screen.module.css'
import { PieceStrip } from './piece-strip.tsx'
import { act } from './recording.ts'
import { TextDialog } from './text-dialog.tsx'
import { ValueDialog } from './value-dialog.tsx'

type Props = { readonly workOrder?: string; readonly op?: string }

export const InspectionScreen = ({ workOrder = '', op = '0' }: Props) => {
  const floor = useFloor()
  const lot = lotOf(floor, workOrder, Number(op))
  if (!lot) return <NotHere floor={floor} workOrder={workOrder} op={op} />
  return lot.inspection.closed ? <Closed floor={floor} lot={lot} /> : <Checklist floor={floor} lot={lot} />
}

type LotProps = { readonly floor: Floor; readonly lot: Lot }
/** What is open over the list. */
type Over = {
  readonly over: 'value' | 'gauge' | 'page' | 'text'
  readonly check: Characteristic
  readonly scanned?: string
}

const Checklist = ({ floor, lot }: LotProps) => {
  const { inspection, plan, run } = lot
  const { workOrder, op } = inspection
  const [sample, show] = useShown(floor, lot)
  const [over, setOver] = useState<Over>()
  const gauges = useGauges(floor)
  const piece = floor.get(pieceView, pieceKey(workOrder, op, sample))
  useScan(({ raw }) => {
    const label = readLabel(raw)
    if (label.label !== 'other' || over) return false
    // The label of a piece that has its number is read again for the check that asks what it says.
    const open = inspection.serials[sample] === label.text ? openText(lot, sample) : undefined
    if (open) setOver({ over: 'text', check: open, scanned: label.text })
    else void act(floor, identifySample, { workOrder, op, sample, serial: label.text })
    return true
  })
  const next = nextCheck(lot, sample)
  const measure = (check: Characteristic) =>
    setOver({ over: check.gauge === undefined || gauges.has(check.gauge) ? 'value' : 'gauge', check })
  return (
    <FloorScreen
      title={`${plan.plan} ${plan.title}`}
      sub={`${workOrder}-${op} · ${run.itemName} rev ${run.revision}`}
      left={<Button onPress={() => floor.go('/')}>Back</Button>}
      primary={<Primary floor={floor} lot={lot} sample={sample} onPiece={show} onMeasure={measure} />}
    >
      <PieceStrip floor={floor} lot={lot} sample={sample} onPiece={show} gauges={gauges} />
      <ul class={css.rows}>
        {plan.characteristics.map(check => (
          <CheckRow
            key={`${sample}/${check.number}`}
            floor={floor}
            lot={lot}
            sample={sample}
            check={check}
            result={piece?.results[check.number]}
            earlier={piece?.earlier?.[check.number]}
            next={check.number === next}
            onMeasure={() => measure(check)}
            onWrite={() => setOver({ over: 'text', check })}
            onPage={check.document === undefined ? undefined : () => setOver({ over: 'page', check })}
          />
        ))}
      </ul>
      {over && (
        <OverTheList
          floor={floor}
          lot={lot}
          sample={sample}
          over={over}
          gauges={gauges}
          onNext={setOver}
          onClose={() => setOver(undefined)}
        />
      )}
    </FloorScreen>
  )
}

type OverProps = LotProps & {
  readonly sample: number
  readonly over: Over
  readonly gauges: Gauges
  readonly onNext: (over: Over) => void
  readonly onClose: () => void
}

const OverTheList = ({ floor, lot, sample, over, gauges, onNext, onClose }: OverProps) => {
  const { check } = over
  const { workOrder, op } = lot.inspection
  const result = floor.get(pieceView, pieceKey(workOrder, op, sample))?.results[check.number]
  if (over.over === 'gauge') {
    const ready = () => onNext({ ...over, over: 'value' })
    return <GaugeGate floor={floor} check={check} gauges={gauges} onReady={ready} onClose={onClose} />
  }
  if (over.over === 'page') return <Drawing floor={floor} lot={lot} check={check} onClose={onClose} />
  const about = { floor, lot, sample, check, result, onClose }
  return over.over === 'value' ? <ValueDialog {...about} /> : <TextDialog {...about} scanned={over.scanned} />
}

/** The piece on the screen: where the last person was, else the first that still wants something. */
const useShown = (floor: Floor, lot: Lot): readonly [number, (sample: number) => void] => {
  const key = `quality/piece/${lot.inspection.workOrder}/${lot.inspection.op}`
  const [sample, set] = useState(() => Number(floor.draft(key)) || (tally(lot).missing[0]?.sample ?? 1))
  const show = (next: number): void => {
    floor.setDraft(key, String(next))
    set(next)
  }
  return [sample, show]
}

/** The first check of a piece that still wants words. */
const openText = (lot: Lot, sample: number): Characteristic | undefined =>
  lot.plan.characteristics.find(
    ({ number, kind }) => kind === 'text' && lot.inspection.verdicts[sample]?.[number] === undefined
  )

type PrimaryProps = LotProps & {
  readonly sample: number
  readonly onPiece: (sample: number) => void
  readonly onMeasure: (check: Characteristic) => void
}

/** The check that the primary button is about: one that did not pass and has no defect, else the first that is open. */
const nextCheck = (lot: Lot, sample: number): number | undefined => {
  const missing = missingIn(lot, sample)
  return (missing.find(({ what }) => what === 'defect') ?? missing[0])?.characteristic
}

/** The one next thing to do, in words. */
const Primary = ({ floor, lot, sample, onPiece, onMeasure }: PrimaryProps) => {
  const {
    inspection: { workOrder, op, verdicts },
    plan
  } = lot
  const failed = plan.characteristics.find(
    ({ number }) => verdicts[sample]?.[number] === 'fail' && !isCovered(lot.inspection, sample, number)
  )
  if (failed)
    return (
      <Button
        tone="primary"
        onPress={() => floor.go(`/defect/${workOrder}/${op}?sample=${sample}&characteristic=${failed.number}`)}
      >
        Record defect for check {failed.number}
      </Button>
    )
  const next = missingIn(lot, sample)[0]
  const check = plan.characteristics.find(({ number }) => number === next?.characteristic)
  if (check)
    return (
      <Button tone="primary" onPress={() => toCheck(check, onMeasure)}>
        {check.kind === 'measure' ? 'Measure' : 'Do'} check {check.number}
      </Button>
    )
  const { accepted, rejected, missing } = tally(lot)
  const other = missing.find(one => one.sample > sample) ?? missing[0]
  if (other)
    return (
      <Button tone="primary" onPress={() => onPiece(other.sample)}>
        {other.sample === sample + 1 ? 'Next piece' : `Go to piece ${other.sample}`}
      </Button>
    )
  const refusal = floor.may(closeInspection, { workOrder, op })
  return (
    <Button
      tone="primary"
      why={refusal && floor.say(refusal)}
      onPress={() => void act(floor, closeInspection, { workOrder, op })}
    >
      Close inspection: {accepted} accepted, {rejected} rejected
    </Button>
  )
}

const toCheck = (check: Characteristic, onMeasure: (check: Characteristic) => void): void => {
  const row = document.getElementById(`check-${check.number}`)
  row?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  if (check.kind === 'measure') return onMeasure(check)
  row?.querySelector<HTMLElement>('[data-check] button')?.focus()
}

const Drawing = ({
  floor,
  lot,
  check,
  onClose
}: LotProps & { readonly check: Characteristic; readonly onClose: () => void }) => {
  const [page, setPage] = useState(check.page ?? 1)
  const document = floor
    .get(qualityMethodView, lot.inspection.method)
    ?.documents.find(one => one.document === check.document)
  return (
    <Dialog title={`Check ${check.number} ${check.name}`} onClose={onClose} wide>
      {document ? (
        <div class={css.drawing}>
          <DocumentPages
            title={`${document.document} rev ${document.revision}`}
            pages={document.pages}
            page={page}
            onPage={setPage}
            onWrong={() =>
              floor.go(
                `/ask/${lot.inspection.workOrder}/${lot.inspection.op}?document=${encodeURIComponent(document.document)}&page=${page}`
              )
            }
          />
        </div>
      ) : (
        <Empty
          title={`${check.document} is not part of this run's method`}
          hint="Ask the engineer which drawing shows this balloon."
        />
      )}
    </Dialog>
  )
}

const Closed = ({ floor, lot }: LotProps) => {
  const { workOrder, op, closed, verdicts } = lot.inspection
  const failed = samplesOf(lot).filter(sample => Object.values(verdicts[sample] ?? {}).includes('fail'))
  return (
    <FloorScreen
      title={`${lot.plan.plan} ${lot.plan.title}`}
      sub={`${workOrder} · op ${op} · ${lot.run.itemName}`}
      primary={
        <Button tone="primary" onPress={() => floor.go('/')}>
          Back to the station
        </Button>
      }
    >
      <div class={css.closed}>
        <p class={css.closedHead}>{closedWords(lot)}</p>
        <dl class={css.counts}>
          <div>
            <dt>Accepted</dt>
            <dd data-nocut="">{closed?.accepted}</dd>
          </div>
          <div data-some={closed?.rejected ? '' : undefined}>
            <dt>Rejected</dt>
            <dd data-nocut="">{closed?.rejected}</dd>
          </div>
        </dl>
        <p>
          By {floor.nameOf(closed?.person ?? '')}. {failed.length > 0 && `Set aside: piece ${failed.join(', ')}.`}
        </p>
      </div>
    </FloorScreen>
  )
}

const closedWords = (lot: Lot): string => {
  const verdict = lotVerdict(lot)
  if (!verdict) return 'Inspection closed'
  return verdict.accepted ? 'Inspection closed: the lot is accepted' : 'Inspection closed: the lot is not accepted'
}

const NotHere = ({
  floor,
  workOrder,
  op
}: {
  readonly floor: Floor
  readonly workOrder: string
  readonly op: string
}) => {
  const refusal = floor.may(closeInspection, { workOrder, op: Number(op) || 1 })
  return (
    <FloorScreen
      title={`${workOrder} · op ${op}`}
      primary={
        <Button tone="primary" onPress={() => floor.go('/')}>
          Scan another job card
        </Button>
      }
    >
      <Empty
        title="This inspection is not on this tablet"
        hint={
          refusal && isRefusal(refusal) ? floor.say(refusal) : 'It comes by itself when the tablet has the network.'
        }
      />
    </FloorScreen>
  )
}
