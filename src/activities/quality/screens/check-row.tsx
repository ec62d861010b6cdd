/** One check of one piece: its balloon, its limits before anything is typed, what was found, and a photo. */
import { useState } from 'preact/hooks'
import type { BlobRef } from '#kernel/event.ts'
import { show } from '#kernel/quantity.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import type { Floor } from '#ui/floor.tsx'
import { LimitBar } from '#ui/limit-bar.tsx'
import { decimalsOf, rangeWords } from '#ui/limit-words.ts'
import { Photo } from '#ui/photo.tsx'
import { PhotoButton } from '#ui/photo-button.tsx'
import { isCovered, type Lot } from '../known.ts'
import type { Characteristic } from '../plans.ts'
import type { Earlier, Result, Verdict } from '../projection.ts'
import css from './check-row.module.css'
import { EarlierLine } from './earlier.tsx'
import { LastDots } from './last-dots.tsx'
import { clear, keepPhoto, record, said, waitingPhoto } from './recording.ts'

type Props = {
  readonly floor: Floor
  readonly lot: Lot
  readonly sample: number
  readonly check: Characteristic
  readonly result: Result | undefined
  readonly earlier: readonly Earlier[] | undefined
  /** What the primary button asks for. */
  readonly next: boolean
  readonly onMeasure: () => void
  readonly onWrite: () => void
  readonly onPage: (() => void) | undefined
}

export const CheckRow = (props: Props) => {
  const { floor, lot, sample, check, result, earlier, next, onMeasure, onPage } = props
  const [, redraw] = useState(0)
  const photo = result?.photo ?? waitingPhoto(floor, lot, sample, check)
  const pictured = async (ref: BlobRef) => {
    if (check.kind === 'photo' || result)
      await record(floor, lot, sample, check, result, { ...(result && said(result)), photo: ref })
    else keepPhoto(floor, lot, sample, check, ref)
    redraw(was => was + 1)
  }
  const open = result?.verdict === 'fail' && !isCovered(lot.inspection, sample, check.number)
  return (
    <li
      class={css.row}
      id={`check-${check.number}`}
      data-state={result?.verdict ?? 'open'}
      data-kind={check.kind}
      data-next={next ? '' : undefined}
    >
      <Balloon check={check} onPage={onPage} />
      <div class={css.what}>
        <p class={css.name}>{check.name}</p>
        <p class={css.about}>
          {open ? 'no defect recorded yet' : result?.verdict === 'fail' ? 'defect recorded' : about(check)}
        </p>
        <EarlierLine floor={floor} check={check} result={result} earlier={earlier} />
      </div>
      <div class={css.found} data-check="">
        {check.kind === 'measure' ? (
          <Measure lot={lot} sample={sample} check={check} result={result} onMeasure={onMeasure} />
        ) : (
          <Judge {...props} />
        )}
      </div>
      <div class={css.photo} data-taken={photo ? '' : undefined}>
        <PhotoPart check={check} photo={photo} onPhoto={ref => void pictured(ref)} />
      </div>
    </li>
  )
}

type PhotoProps = {
  readonly check: Characteristic
  readonly photo: BlobRef | undefined
  readonly onPhoto: (ref: BlobRef) => void
}

/** Takes the photo, or shows the one that was taken. */
const PhotoPart = ({ check, photo, onPhoto }: PhotoProps) => {
  const [looking, setLooking] = useState(false)
  if (!photo) return <PhotoButton label="Photo" onPhoto={onPhoto} />
  return (
    <>
      <Button icon="✓" label={`Photo of check ${check.number}: look at it`} onPress={() => setLooking(true)}>
        Photo
      </Button>
      {looking && (
        <Dialog title={`Photo of check ${check.number} ${check.name}`} onClose={() => setLooking(false)} wide>
          <div class={css.looking}>
            <Photo sha256={photo.sha256} alt={`Check ${check.number} ${check.name}`} />
            <PhotoButton label="Take again" onPhoto={onPhoto} grow />
          </div>
        </Dialog>
      )}
    </>
  )
}

const about = (check: Characteristic): string => {
  const range = rangeWords(check, check.unit)
  if (check.kind === 'measure') return range ? `limits ${range}` : `in ${check.unit ?? 'units'}, no limits`
  return (
    check.method ??
    (check.kind === 'text'
      ? 'write what you see'
      : check.kind === 'photo'
        ? 'take a photo'
        : `${check.severity} when it does not pass`)
  )
}

const Balloon = ({ check, onPage }: { readonly check: Characteristic; readonly onPage: (() => void) | undefined }) =>
  onPage ? (
    <div class={css.balloon} data-page="">
      <Button label={`Check ${check.number}: show it on the drawing`} onPress={onPage}>
        {check.number}
      </Button>
    </div>
  ) : (
    <div class={css.balloon}>
      <span>{check.number}</span>
    </div>
  )

type MeasureProps = Pick<Props, 'lot' | 'sample' | 'check' | 'result' | 'onMeasure'>

const Measure = ({ lot, sample, check, result, onMeasure }: MeasureProps) => {
  const decimals = Math.max(decimalsOf(check.low, check.high, check.nominal), decimalsOf(result?.value))
  const value = result?.value
  const words = value === undefined ? (result?.text ?? 'Measure') : show(value, decimals)
  return (
    <>
      <LastDots
        check={check}
        values={(lot.inspection.last[check.number] ?? []).filter(one => one.sample !== sample).slice(-3)}
      />
      <div
        class={css.value}
        data-state={result?.verdict ?? 'open'}
        data-empty={value === undefined ? '' : undefined}
        data-long={words.length > 7 ? '' : undefined}
      >
        <Button label={`Check ${check.number}, ${check.name}: ${words}`} onPress={onMeasure} data-nocut="">
          {words}
        </Button>
      </div>
      <div class={css.limits}>
        <LimitBar value={value} low={check.low} high={check.high} nominal={check.nominal} unit={check.unit} />
      </div>
    </>
  )
}

/** Pass and Fail by hand. Pressing one's own choice again takes it back; pressing somebody else's is a second look. */
const Judge = ({ floor, lot, sample, check, result, onWrite }: Props) => {
  const photo = result?.photo ?? waitingPhoto(floor, lot, sample, check)
  const say = (verdict: Verdict) => {
    if (result?.verdict === verdict && result.person === floor.person.peek()?.person)
      return void clear(floor, lot, sample, check)
    return void record(floor, lot, sample, check, result, { ...(result && said(result)), verdict })
  }
  const wants =
    check.kind === 'photo' && !photo
      ? 'Take the photo first.'
      : check.kind === 'text' && !result?.text
        ? 'Write what you see first.'
        : undefined
  return (
    <>
      {check.kind === 'text' && (
        <div class={css.text}>
          <Button onPress={onWrite} data-nocut="">
            {result?.text ?? 'Write'}
          </Button>
        </div>
      )}
      <div class={css.verdicts}>
        <Button chosen={result?.verdict === 'pass'} why={wants} icon="✓" onPress={() => say('pass')}>
          Pass
        </Button>
        <Button chosen={result?.verdict === 'fail'} why={wants} icon="✕" tone="stop" onPress={() => say('fail')}>
          Fail
        </Button>
      </div>
    </>
  )
}
