/** A photo with what was drawn over it, and the drawing of it. */
import { useRef, useState } from 'preact/hooks'
import type { BlobRef } from '#kernel/event.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Photo } from '#ui/photo.tsx'
import { arrow, circle, pen, type Point, pointsOf } from '../markup.ts'
import type { Stroke } from '../projection.ts'
import css from './markup-photo.module.css'

type PictureProps = { readonly photo: BlobRef; readonly strokes: readonly Stroke[]; readonly alt: string }

export const MarkedPhoto = ({ photo, strokes, alt }: PictureProps) => (
  <div class={css.picture}>
    <Photo sha256={photo.sha256} alt={alt} />
    <Strokes strokes={strokes} />
  </div>
)

/** Yellow on black, so that it shows on any part. */
const Strokes = ({ strokes }: { readonly strokes: readonly Stroke[] }) => (
  <svg class={css.strokes} viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
    {strokes.map((stroke, i) => (
      <polyline key={`e${i}`} class={css.edge} points={pointsOf(stroke)} />
    ))}
    {strokes.map((stroke, i) => (
      <polyline key={`l${i}`} class={css.line} points={pointsOf(stroke)} />
    ))}
  </svg>
)

type Tool = 'arrow' | 'circle' | 'pen'
const tools: readonly (readonly [Tool, string, string])[] = [
  ['arrow', 'Arrow', '↗'],
  ['circle', 'Circle', '◯'],
  ['pen', 'Pen', '✎']
]

type Props = PictureProps & { readonly onChange: (strokes: readonly Stroke[]) => void; readonly onClose: () => void }

export const MarkupDialog = ({ photo, strokes, alt, onChange, onClose }: Props) => {
  const [tool, setTool] = useState<Tool>('arrow')
  const [drawing, setDrawing] = useState<Stroke>()
  const points = useRef<readonly Point[]>([])
  const shape = (element: HTMLElement): Stroke | undefined => {
    const size = { width: element.clientWidth, height: element.clientHeight }
    const from = points.current[0]
    const to = points.current.at(-1)
    if (!from || !to || (Math.hypot(to[0] - from[0], to[1] - from[1]) < 4 && tool !== 'pen')) return undefined
    return tool === 'pen'
      ? pen(points.current, size)
      : tool === 'arrow'
        ? arrow(from, to, size)
        : circle(from, to, size)
  }
  const at = (event: PointerEvent, element: HTMLElement): Point => {
    const box = element.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const begin = (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    points.current = [at(event, event.currentTarget)]
  }
  const go = (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    if (points.current.length === 0) return
    points.current = [...points.current, at(event, event.currentTarget)]
    setDrawing(shape(event.currentTarget))
  }
  const end = (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    const done = shape(event.currentTarget)
    points.current = []
    setDrawing(undefined)
    if (done && done.length > 1) onChange([...strokes, done])
  }
  return (
    <Dialog title="Show where" onClose={onClose} wide>
      <div class={css.board}>
        <div
          class={css.paper}
          data-drawing=""
          onPointerDown={begin}
          onPointerMove={go}
          onPointerUp={end}
          onPointerCancel={end}
        >
          <MarkedPhoto photo={photo} strokes={drawing ? [...strokes, drawing] : strokes} alt={alt} />
        </div>
        <div class={css.tools}>
          {tools.map(([value, label, icon]) => (
            <Button key={value} chosen={tool === value} icon={icon} onPress={() => setTool(value)}>
              {label}
            </Button>
          ))}
          <Button
            why={strokes.length === 0 ? 'Nothing is drawn yet.' : undefined}
            icon="↶"
            onPress={() => onChange(strokes.slice(0, -1))}
          >
            Undo
          </Button>
          <Button onPress={onClose}>Done</Button>
        </div>
      </div>
    </Dialog>
  )
}
