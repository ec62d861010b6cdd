/** The camera over the screen. Closes after a read; typing is one tap away whatever the camera does. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { type CameraReader as Reader, type CameraTrouble, openReader } from '#device/scan/reader.ts'
import { Button } from '#ui/button.tsx'
import { useFocusTrap } from '#ui/dialog.tsx'
import { takeFocus } from '#ui/take-focus.ts'
import css from './camera-reader.module.css'

export type CameraRead = { readonly text: string; readonly format?: string; readonly typed: boolean }
type Props = { readonly onRead: (read: CameraRead) => void; readonly onClose: () => void }

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

export const CameraReader = ({ onRead, onClose }: Props) => {
  const video = useRef<HTMLVideoElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [reader, setReader] = useState<Reader>()
  const [trouble, setTrouble] = useState<CameraTrouble>()
  const [typing, setTyping] = useState(false)
  const box = useFocusTrap(onClose)
  const latest = useRef(onRead)
  latest.current = onRead
  useEffect(() => {
    if (!video.current || typing) return
    setTrouble(undefined)
    return keepOpen(video.current, {
      onRead: reading => latest.current({ ...reading, typed: false }),
      onReader: setReader,
      onTrouble: setTrouble
    })
  }, [attempt, typing])
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
          ref={video}
          playsInline
          muted
          hidden={trouble !== undefined || typing}
          aria-label="What the camera sees"
        />
        {trouble && !typing && (
          <div class={css.trouble} role="alert" data-trouble={trouble}>
            <h1>{words[trouble][0]}</h1>
            <p>{words[trouble][1]}</p>
          </div>
        )}
        {typing && <TypeCode onDone={text => onRead({ text, typed: true })} />}
        {!trouble && !typing && (
          <p class={css.hint}>{reader ? 'Hold the code into the picture.' : 'The camera is starting …'}</p>
        )}
      </div>
      <div class={css.actions}>
        <Button onPress={onClose}>Close</Button>
        <Button grow tone={trouble ? 'primary' : 'plain'} onPress={() => setTyping(was => !was)}>
          {typing ? 'Back to the camera' : 'Type the number'}
        </Button>
        {trouble && !typing && <Button onPress={() => setAttempt(n => n + 1)}>Try again</Button>}
        {reader?.light && !typing && <Light light={reader.light} />}
      </div>
    </div>
  )
}

const Light = ({ light }: { readonly light: (on: boolean) => Promise<void> }) => {
  const [on, setOn] = useState(false)
  const turn = () =>
    void light(!on).then(
      () => setOn(!on),
      () => undefined
    )
  return (
    <Button chosen={on} onPress={turn}>
      Light
    </Button>
  )
}

const TypeCode = ({ onDone }: { readonly onDone: (text: string) => void }) => {
  const [text, setText] = useState('')
  const done = () => text.trim() && onDone(text.trim())
  return (
    <form
      class={css.typing}
      onSubmit={event => {
        event.preventDefault()
        done()
      }}
    >
      <label>
        Number on the label
        <input
          value={text}
          ref={takeFocus}
          autoCapitalize="characters"
          autoComplete="off"
          spellcheck={false}
          onInput={event => setText(event.currentTarget.value)}
        />
      </label>
      <Button tone="primary" why={text.trim() ? undefined : 'Type the number first.'} onPress={done}>
        Take this number
      </Button>
    </form>
  )
}

type Listening = {
  readonly onRead: (reading: { readonly text: string; readonly format: string }) => void
  readonly onReader: (reader: Reader | undefined) => void
  readonly onTrouble: (trouble: CameraTrouble) => void
}

/**
 * Opens the camera and opens it again when the page comes back from the background, where some systems end or blacken it.
 * One opening at a time; what opens after the end is closed at once.
 */
const keepOpen = (video: HTMLVideoElement, { onRead, onReader, onTrouble }: Listening): (() => void) => {
  let ended = false
  let open: Reader | undefined
  let opening = false
  const close = (): void => {
    open?.close()
    open = undefined
    onReader(undefined)
  }
  const start = async (): Promise<void> => {
    if (opening || open || ended) return
    opening = true
    const answer = await openReader(video, { onRead, onTrouble })
    opening = false
    if (typeof answer === 'string') return ended ? undefined : onTrouble(answer)
    if (ended) return answer.close()
    open = answer
    onReader(answer)
  }
  const turn = (): void => {
    if (document.visibilityState === 'hidden') close()
    else void start()
  }
  document.addEventListener('visibilitychange', turn)
  void start()
  return () => {
    ended = true
    document.removeEventListener('visibilitychange', turn)
    close()
  }
}
