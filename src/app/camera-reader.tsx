/** The camera over the screen, with typing one tap away whatever the camera does. Closes after a read unless it is asked to stay. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { CameraTrouble } from '#device/scan/camera.ts'
import { nextCamera } from '#device/scan/camera-choice.ts'
import { cameraLife } from '#device/scan/camera-life.ts'
import type { Counted } from '#device/scan/consensus.ts'
import { type CameraReader as Reader, openReader } from '#device/scan/reader.ts'
import { Button } from '#ui/button.tsx'
import { useFocusTrap } from '#ui/dialog.tsx'
import css from './camera-reader.module.css'
import { type Outlines, outlinesOn } from './outlines.ts'
import { shownCode } from './scan-hostile.ts'
import { remember, TypeCode } from './type-code.tsx'

export type CameraRead = {
  readonly text: string
  readonly symbology?: string | undefined
  readonly typed: boolean
  /** Further codes that were in the picture. */
  readonly others: readonly { readonly text: string; readonly symbology?: string | undefined }[]
}
type Props = {
  readonly onRead: (read: CameraRead) => void
  readonly onClose: () => void
  /** Whether a text names something that this tablet knows. */
  readonly known: (text: string) => boolean
  /** Stays open for one code after the other. */
  readonly stay: boolean
  readonly onStay: (stay: boolean) => void
}

const words: Readonly<Record<CameraTrouble, readonly [what: string, todo: string]>> = {
  blocked: [
    'The camera is blocked.',
    'Type the number, or ask the supervisor to allow the camera for this address in the browser.'
  ],
  none: ['This tablet has no camera.', 'Type the number, or use a scanner.'],
  taken: ['Another app holds the camera.', 'Close that app and try again, or type the number.'],
  insecure: ['The camera needs the https address.', 'Type the number for now.'],
  'no-reader': [
    'The reader is not on this tablet yet.',
    'It comes with the network and then stays. Type the number for now.'
  ],
  unknown: ['The camera did not start.', 'Try again, or type the number.']
}

export const CameraReader = ({ onRead, onClose, known, stay, onStay }: Props) => {
  const [typing, setTyping] = useState(false)
  const [last, setLast] = useState<CameraRead>()
  const box = useFocusTrap(onClose)
  const read = (counted: CameraRead) => {
    setLast(counted)
    remember(counted.text)
    onRead(counted)
  }
  const eye = useCamera(counted => read(readOf(counted)), known, typing)
  const { reader, trouble } = eye
  return (
    <div
      ref={box}
      class={css.over}
      role="dialog"
      aria-modal="true"
      aria-label="Camera"
      tabIndex={-1}
      data-decoder={reader?.decoder}
    >
      <div class={css.picture}>
        <video
          ref={eye.video}
          playsInline
          muted
          hidden={trouble !== undefined || typing}
          aria-label="What the camera sees"
        />
        <svg ref={eye.drawing} class={css.outlines} hidden={!reader || typing} aria-hidden="true" />
        {reader && !typing && <div class={css.guide} aria-hidden="true" />}
        {trouble && !typing && <Trouble trouble={trouble} />}
        {typing && <TypeCode onDone={text => read({ text, typed: true, others: [] })} />}
        {!trouble && !typing && (
          <Hint ready={reader !== undefined} dark={eye.dark} light={reader?.light !== undefined} />
        )}
        {stay && last && !typing && (
          <div class={css.again}>
            <Button tone="quiet" repeat onPress={() => onRead(last)}>
              Once more: {shownCode(last.text)}
            </Button>
          </div>
        )}
      </div>
      <div class={css.actions}>
        <Button onPress={onClose}>Close</Button>
        <Button grow tone={trouble ? 'primary' : 'plain'} onPress={() => setTyping(was => !was)}>
          {typing ? 'Back to the camera' : 'Type the number'}
        </Button>
        {trouble && !typing && <Button onPress={eye.again}>Try again</Button>}
        {reader && !typing && <Tools reader={reader} dark={eye.dark} stay={stay} onStay={onStay} onSwitch={eye.turn} />}
      </div>
    </div>
  )
}

const readOf = ({ others, ...reading }: Counted): CameraRead => ({
  ...codeOf(reading),
  typed: false,
  others: others.map(codeOf)
})

const codeOf = ({ text, format, identifier }: { text: string; format: string; identifier?: string }) => ({
  text,
  symbology: identifier ?? format
})

/** Mean luminance under which a light helps, and the frames for which it has to stay so. */
const DARK = 50
const DARK_FRAMES = 30

/** The camera behind a video element, with the outlines of what is in sight drawn over it. */
const useCamera = (onCount: (counted: Counted) => void, known: (text: string) => boolean, asleep: boolean) => {
  const video = useRef<HTMLVideoElement>(null)
  const drawing = useRef<SVGSVGElement>(null)
  const life = useRef<ReturnType<typeof cameraLife>>()
  const [reader, setReader] = useState<Reader>()
  const [trouble, setTrouble] = useState<CameraTrouble>()
  const [dark, setDark] = useState(false)
  const latest = useRef({ onCount, known })
  latest.current = { onCount, known }
  useEffect(() => {
    const screen = video.current
    if (!screen || asleep) return
    setTrouble(undefined)
    const outlines: Outlines | undefined = drawing.current ? outlinesOn(drawing.current, screen) : undefined
    let gloom = 0
    const kept = cameraLife<Reader>({
      open: wanted =>
        openReader(screen, {
          wanted,
          known: text => latest.current.known(text),
          onLost: () => kept.lost(),
          onRead: counted => latest.current.onCount(counted),
          onLook: ({ found, brightness }) => {
            outlines?.draw(found, text => latest.current.known(text))
            gloom = brightness !== undefined && brightness < DARK ? gloom + 1 : 0
            if (gloom === 0 || gloom === DARK_FRAMES) setDark(gloom > 0)
          }
        }),
      onOpen: opened => {
        if (opened) setTrouble(undefined)
        setReader(opened)
      },
      onTrouble: setTrouble,
      visible: () => document.visibilityState === 'visible',
      onTurn: onPageTurn
    })
    life.current = kept
    return () => kept.end()
  }, [asleep])
  return {
    video,
    drawing,
    reader,
    trouble,
    dark,
    again: () => {
      setTrouble(undefined)
      life.current?.reopen()
    },
    turn: () => {
      const next = reader && nextCamera(reader.others, reader.id)
      if (next) life.current?.reopen(next.id)
    }
  }
}

/** The events by which systems tell, or do not tell, that the page is back. */
const onPageTurn = (turn: () => void): (() => void) => {
  const stop = new AbortController()
  const { signal } = stop
  document.addEventListener('visibilitychange', turn, { signal })
  for (const name of ['pageshow', 'pagehide', 'focus']) addEventListener(name, turn, { signal })
  return () => stop.abort()
}

const Trouble = ({ trouble }: { readonly trouble: CameraTrouble }) => (
  <div class={css.trouble} role="alert" data-trouble={trouble}>
    <h1>{words[trouble][0]}</h1>
    <p>{words[trouble][1]}</p>
  </div>
)

type HintProps = { readonly ready: boolean; readonly dark: boolean; readonly light: boolean }

const Hint = ({ ready, dark, light }: HintProps) => (
  <p class={css.hint} role="status">
    {!ready
      ? 'The camera is starting …'
      : dark
        ? light
          ? 'It is dark here. Turn on the light.'
          : 'It is dark here. Hold the label to the light.'
        : 'Hold the code into the picture.'}
  </p>
)

type ToolProps = {
  readonly reader: Reader
  readonly dark: boolean
  readonly stay: boolean
  readonly onStay: (stay: boolean) => void
  readonly onSwitch: () => void
}

const Tools = ({ reader, dark, stay, onStay, onSwitch }: ToolProps) => (
  <>
    {reader.zoom && <ZoomButton key={`zoom ${reader.id}`} zoom={reader.zoom} />}
    {reader.light && <Light key={`light ${reader.id}`} light={reader.light} suggested={dark} />}
    {reader.others.length > 1 && <Button onPress={onSwitch}>Other camera</Button>}
    <Button chosen={stay} onPress={() => onStay(!stay)}>
      Keep scanning
    </Button>
  </>
)

type LightProps = { readonly light: (on: boolean) => Promise<void>; readonly suggested: boolean }

const Light = ({ light, suggested }: LightProps) => {
  const [on, setOn] = useState(false)
  const turn = () =>
    void light(!on).then(
      () => setOn(!on),
      () => undefined
    )
  return (
    <Button chosen={on} tone={suggested && !on ? 'primary' : 'plain'} onPress={turn}>
      Light
    </Button>
  )
}

/** Once, twice, four times as near, as far as the camera goes. */
const ZoomButton = ({ zoom }: { readonly zoom: NonNullable<Reader['zoom']> }) => {
  const [times, setTimes] = useState(1)
  const turn = () => {
    const next = zoom.min * times * 2 <= zoom.max ? times * 2 : 1
    void zoom.set(zoom.min * next).then(
      () => setTimes(next),
      () => undefined
    )
  }
  return <Button onPress={turn}>Zoom {times}×</Button>
}
