/** Which piece is looked at, how far it is, with which gauges, and the way to stop the batch. */
import { useState } from 'preact/hooks'
import { Button, HoldButton } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextInput } from '#ui/field.tsx'
import type { Floor } from '#ui/floor.tsx'
import { Shape, StateMark } from '#ui/state-mark.tsx'
import { dayOf, daysTo, type GaugeState, gaugeState, type Lot, lotVerdict, missingIn, samplesOf } from '../known.ts'
import { gaugeView } from '../plans.ts'
import { identifySample } from '../rules.ts'
import { samplingWords } from '../sampling.ts'
import type { Gauges } from './gauge-gate.tsx'
import { HoldDialog } from './hold-dialog.tsx'
import css from './piece-strip.module.css'
import { act } from './recording.ts'

type Props = {
  readonly floor: Floor
  readonly lot: Lot
  readonly sample: number
  readonly onPiece: (sample: number) => void
  readonly gauges: Gauges
}

export const PieceStrip = ({ floor, lot, sample, onPiece, gauges }: Props) => {
  const [open, setOpen] = useState<'hold' | 'serial' | 'pieces'>()
  const samples = samplesOf(lot)
  const at = samples.indexOf(sample)
  const before = samples[at - 1]
  const after = samples[at + 1]
  const close = () => setOpen(undefined)
  const serial = lot.inspection.serials[sample]
  return (
    <div class={css.strip}>
      <div class={css.step}>
        <Button
          label="Piece before"
          why={before === undefined ? 'This is the first piece.' : undefined}
          onPress={() => before && onPiece(before)}
        >
          ‹
        </Button>
      </div>
      <div class={css.piece}>
        <Button label={`Piece ${sample} of ${samples.length}. Choose another`} onPress={() => setOpen('pieces')}>
          <span class={css.number} data-nocut="">
            Piece {sample} of {samples.length}
          </span>
          <Progress lot={lot} sample={sample} />
        </Button>
      </div>
      <div class={css.step}>
        <Button
          label="Next piece"
          why={after === undefined ? 'This is the last piece.' : undefined}
          onPress={() => after && onPiece(after)}
        >
          ›
        </Button>
      </div>
      <div class={css.serial}>
        <Button onPress={() => setOpen('serial')} data-nocut="">
          {serial ? (/^SN/i.test(serial) ? serial : `SN ${serial}`) : 'Scan serial'}
        </Button>
      </div>
      <GaugeNote floor={floor} gauges={gauges} lot={lot} />
      {lot.run.holds.length > 0 ? (
        <StateMark level="stop" word="On hold" />
      ) : (
        <div class={css.hold}>
          <HoldButton what={`Put ${lot.run.workOrder} on hold`} onPress={() => setOpen('hold')}>
            Hold
          </HoldButton>
        </div>
      )}
      {open === 'hold' && <HoldDialog floor={floor} run={lot.run} onClose={close} />}
      {open === 'serial' && <SerialDialog floor={floor} lot={lot} sample={sample} onClose={close} />}
      {open === 'pieces' && (
        <PiecesDialog
          lot={lot}
          sample={sample}
          onPiece={next => {
            onPiece(next)
            close()
          }}
          onClose={close}
        />
      )}
    </div>
  )
}

const Progress = ({ lot, sample }: Pick<Props, 'lot' | 'sample'>) => {
  const verdicts = Object.values(lot.inspection.verdicts[sample] ?? {})
  const failed = verdicts.filter(one => one === 'fail').length
  return (
    <span class={css.progress}>
      {verdicts.length} of {lot.plan.characteristics.length} {failed > 0 ? ` · ${failed} not passed` : ' checked'}
    </span>
  )
}

/** The gauges in hand and until when they may be used. */
const GaugeNote = ({ floor, gauges, lot }: Pick<Props, 'floor' | 'gauges' | 'lot'>) => {
  const needed = [...new Set(lot.plan.characteristics.flatMap(({ gauge }) => gauge ?? []))]
  const today = dayOf(floor, new Date(floor.now.peek()).toISOString())
  return (
    <ul class={css.gauges}>
      {needed.slice(0, 2).map(gauge => {
        const known = floor.get(gaugeView, gauge)
        const state = known ? gaugeState(known, today) : 'unknown'
        return (
          <li key={gauge} data-state={state}>
            {state !== 'ready' ? (
              <Shape level="stop" />
            ) : (
              isEnding(today, known?.calibratedTo) && <Shape level="attention" />
            )}
            <span data-nocut="">{gauge}</span> {gaugeWords(state, known?.calibratedTo, gauges.has(gauge), today)}
          </li>
        )
      })}
      {needed.length > 2 && <li>and {needed.length - 2} more gauges</li>}
    </ul>
  )
}

/** Days before its end at which a gauge is worth a word, so that it is sent away in time. */
const SOON = 7
const isEnding = (today: string, until: string | undefined): boolean =>
  until !== undefined && daysTo(today, until) <= SOON

const gaugeWords = (
  state: GaugeState | 'unknown',
  until: string | undefined,
  inHand: boolean,
  today: string
): string => {
  if (state === 'unknown') return 'not listed'
  if (state === 'not-passed') return 'did not pass'
  if (state === 'expired') return `over since ${until}`
  if (until !== undefined && isEnding(today, until))
    return `${inHand ? '✓' : 'not scanned yet,'} ${endWords(daysTo(today, until))}`
  return inHand ? (until ? `✓ to ${until}` : '✓ in hand') : 'not scanned yet'
}

const endWords = (days: number): string =>
  days === 0 ? 'last day today' : days === 1 ? 'last day tomorrow' : `${days} days left`

const SerialDialog = ({
  floor,
  lot,
  sample,
  onClose
}: Pick<Props, 'floor' | 'lot' | 'sample'> & { readonly onClose: () => void }) => {
  const { workOrder, op, serials } = lot.inspection
  const [serial, setSerial] = useState(serials[sample] ?? '')
  const save = async () => {
    if (await act(floor, identifySample, { workOrder, op, sample, serial: serial.trim() })) onClose()
  }
  return (
    <Dialog title={`Serial of piece ${sample}`} onClose={onClose}>
      <div class={css.form}>
        <p>Scan its label with no field open, or type what it says.</p>
        <TextInput
          label="Serial"
          value={serial}
          onChange={setSerial}
          onDone={() => void save()}
          autoFocus
          maxLength={80}
        />
        <div class={css.pair}>
          <Button
            onPress={() => {
              onClose()
              floor.openCamera()
            }}
          >
            Camera
          </Button>
          <Button grow why={serial.trim() === '' ? 'Type the serial.' : undefined} onPress={() => void save()}>
            Save
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const PiecesDialog = ({
  lot,
  sample,
  onPiece,
  onClose
}: Pick<Props, 'lot' | 'sample' | 'onPiece'> & { readonly onClose: () => void }) => (
  <Dialog title="Which piece" onClose={onClose} wide>
    <SampleNote lot={lot} />
    <ul class={css.pieces}>
      {samplesOf(lot).map(one => (
        <li key={one}>
          <Button chosen={one === sample} onPress={() => onPiece(one)}>
            {one} <small>{wordOf(lot, one)}</small>
          </Button>
        </li>
      ))}
    </ul>
  </Dialog>
)

/** By which sampling plan these pieces were chosen, and what they may show. */
const SampleNote = ({ lot }: Pick<Props, 'lot'>) => {
  const verdict = lotVerdict(lot)
  if (!verdict) return null
  return (
    <p class={css.sampling}>
      {verdict.pieces} of {lot.run.quantity} pieces, {samplingWords(lot.plan.sample)}, letter {verdict.letter}. The lot
      is not accepted when {verdict.reject} or more do not pass.
    </p>
  )
}

const wordOf = (lot: Lot, sample: number): string => {
  const verdicts = Object.values(lot.inspection.verdicts[sample] ?? {})
  if (verdicts.includes('fail')) return '✕ not passed'
  if (verdicts.length === 0) return 'open'
  return missingIn(lot, sample).length === 0 ? '✓ passed' : `${verdicts.length} of ${lot.plan.characteristics.length}`
}
