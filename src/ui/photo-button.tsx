/** Takes a photo: the tablet's own camera, or a live picture where there is no such thing, or a file. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { BlobRef } from '#kernel/event.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { useFloor } from './floor.tsx'
import css from './photo-button.module.css'
import { shrinkFile, shrinkVideo } from './photo-size.ts'

type Props = {
  readonly label: string
  readonly onPhoto: (ref: BlobRef) => void
  readonly why?: string | undefined
  readonly grow?: boolean | undefined
}

export const PhotoButton = ({ label, onPhoto, why, grow }: Props) => {
  const floor = useFloor()
  const input = useRef<HTMLInputElement>(null)
  const [live, setLive] = useState(false)
  const [busy, setBusy] = useState(false)
  const keep = async (take: () => Promise<{ bytes: ArrayBuffer; type: string }>) => {
    setLive(false)
    setBusy(true)
    try {
      const { bytes, type } = await take()
      onPhoto(await floor.keepBlob(bytes, type))
    } catch {
      floor.tell({ text: 'That photo could not be read. Nothing else is lost. Take it again.', tone: 'stop' })
    } finally {
      setBusy(false)
    }
  }
  const chosen = (event: { currentTarget: HTMLInputElement }) => {
    const file = event.currentTarget.files?.[0]
    event.currentTarget.value = ''
    if (file) void keep(() => shrinkFile(file))
  }
  const pick = () => input.current?.click()
  // With a finger the system's camera opens; with a mouse the same input would only open a folder.
  const start = () => (matchMedia('(pointer: coarse)').matches || !navigator.mediaDevices ? pick() : setLive(true))
  return (
    <>
      <Button onPress={start} why={why} grow={grow} busy={busy} icon={<CameraIcon />}>
        {busy ? 'Saving' : label}
      </Button>
      <input
        ref={input}
        class={css.hidden}
        type="file"
        accept="image/*"
        capture="environment"
        tabIndex={-1}
        aria-hidden="true"
        onChange={chosen}
      />
      {live && (
        <LiveCamera
          onTake={video => void keep(() => shrinkVideo(video))}
          onFile={() => {
            setLive(false)
            pick()
          }}
          onClose={() => setLive(false)}
        />
      )}
    </>
  )
}

type LiveProps = { onTake: (video: HTMLVideoElement) => void; onFile: () => void; onClose: () => void }

const LiveCamera = ({ onTake, onFile, onClose }: LiveProps) => {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'starting' | 'ready' | 'blocked'>('starting')
  useEffect(() => {
    let stream: MediaStream | undefined
    let open = true
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 } } })
      .then(got => {
        stream = got
        if (!open || !video.current) return stop(got)
        video.current.srcObject = got
        setState('ready')
      })
      .catch(() => setState('blocked'))
    return () => {
      open = false
      stop(stream)
    }
  }, [])
  return (
    <Dialog title="Take a photo" onClose={onClose} wide>
      {state === 'blocked' ? (
        <p class={css.blocked}>
          The camera is blocked or absent. Choose a picture, or ask the supervisor to allow the camera.
        </p>
      ) : (
        <video ref={video} class={css.live} autoPlay playsInline muted />
      )}
      <div class={css.row}>
        <Button onPress={onFile}>Choose a picture</Button>
        <Button
          grow
          why={state === 'ready' ? undefined : 'The camera is not ready.'}
          onPress={() => video.current && onTake(video.current)}
        >
          Take photo
        </Button>
      </div>
    </Dialog>
  )
}

const stop = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

const CameraIcon = () => (
  <svg class={css.icon} viewBox="0 0 24 24" aria-hidden="true">
    <path d="M3 7h4l2-3h6l2 3h4v13H3z" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round" />
    <circle cx="12" cy="13" r="4" fill="none" stroke="currentColor" stroke-width="2.2" />
  </svg>
)
