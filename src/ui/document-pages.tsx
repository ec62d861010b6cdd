/** A build document, page by page. Pages are images kept on this tablet. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { useBlobUrl } from './blob-url.ts'
import { Button } from './button.tsx'
import css from './document-pages.module.css'
import { useFloor } from './floor.tsx'

export type Page = { readonly page: number; readonly sha256: string; readonly width: number; readonly height: number }

type Props = {
  readonly title: string
  readonly pages: readonly Page[]
  /** The page shown, counted from 1. */
  readonly page: number
  readonly onPage: (page: number) => void
  /** Where a person says that this page is wrong; without it there is no such button. */
  readonly onWrong?: (() => void) | undefined
}

const STEP = 1.5
const MOST = 4

export const DocumentPages = ({ title, pages, page, onPage, onWrong }: Props) => {
  const floor = useFloor()
  const at = pages.findIndex(one => one.page === page)
  const shown = pages[at]
  const view = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(1)
  useEffect(() => {
    setZoom(1)
    view.current?.scrollTo(0, 0)
    const next = pages[at + 1]
    // The next page is fetched while this one is read.
    if (next) void floor.blobUrl(next.sha256)
  }, [shown?.sha256])
  const to = (step: number) => {
    const next = pages[at + step]
    if (next) onPage(next.page)
  }
  const scale = (factor: number) => setZoom(was => zoomed(view.current, was, was * factor))
  usePinch(view, factor => scale(factor))
  const pan = (x: number, y: number) => view.current?.scrollBy({ left: x * 240, top: y * 240, behavior: 'smooth' })
  return (
    <section class={css.document} aria-label={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the arrow keys */}
      <div ref={view} class={css.view} tabIndex={0} data-zoomed={zoom > 1 ? '' : undefined}>
        {shown ? (
          <PageImage key={shown.sha256} page={shown} zoom={zoom} title={title} />
        ) : (
          <p class={css.absent}>This document has no page {page}.</p>
        )}
      </div>
      {zoom > 1 && (
        <div class={css.pan} role="group" aria-label="Move the page">
          <Button repeat label="Up" data-to="up" onPress={() => pan(0, -1)}>
            ↑
          </Button>
          <Button repeat label="Left" data-to="left" onPress={() => pan(-1, 0)}>
            ←
          </Button>
          <Button repeat label="Right" data-to="right" onPress={() => pan(1, 0)}>
            →
          </Button>
          <Button repeat label="Down" data-to="down" onPress={() => pan(0, 1)}>
            ↓
          </Button>
        </div>
      )}
      <div class={css.tools}>
        <Button label="Page before" why={at <= 0 ? 'This is the first page.' : undefined} onPress={() => to(-1)}>
          ‹ <span class={css.word}>Page</span>
        </Button>
        <p class={css.where}>
          <span data-nocut="">{title}</span>
          <strong>{shown ? `${at + 1} of ${pages.length}` : '–'}</strong>
        </p>
        {onWrong && (
          <Button label="Wrong? Ask for a change of this page" onPress={onWrong}>
            Wrong?
          </Button>
        )}
        <Button
          repeat
          label="Smaller"
          why={zoom <= 1 ? 'The whole width is shown.' : undefined}
          onPress={() => scale(1 / STEP)}
        >
          −
        </Button>
        <Button
          repeat
          label="Larger"
          why={zoom >= MOST ? 'It can not be made larger.' : undefined}
          onPress={() => scale(STEP)}
        >
          +
        </Button>
        <Button
          label="Next page"
          why={at >= pages.length - 1 ? 'This is the last page.' : undefined}
          onPress={() => to(1)}
        >
          <span class={css.word}>Page</span> ›
        </Button>
      </div>
    </section>
  )
}

const PageImage = ({ page, zoom, title }: { page: Page; zoom: number; title: string }) => {
  const url = useBlobUrl(page.sha256)
  if (url === 'asking') return <div class={css.sheet} style={{ aspectRatio: `${page.width} / ${page.height}` }} />
  if (url === undefined)
    return (
      <p class={css.absent}>This page is not on this tablet yet. It will come by itself when the network is back.</p>
    )
  return (
    <img
      class={css.sheet}
      src={url}
      alt={`${title}, page ${page.page}`}
      width={page.width}
      height={page.height}
      style={{ inlineSize: `${zoom * 100}%` }}
      draggable={false}
      decoding="async"
    />
  )
}

/** The new zoom, with the middle of what is seen kept in the middle. */
const zoomed = (view: HTMLElement | null, was: number, wish: number): number => {
  const next = Math.min(MOST, Math.max(1, Math.abs(wish - 1) < 0.05 ? 1 : wish))
  if (!view) return next
  const middle = { x: view.scrollLeft + view.clientWidth / 2, y: view.scrollTop + view.clientHeight / 2 }
  const ratio = next / was
  requestAnimationFrame(() =>
    view.scrollTo(middle.x * ratio - view.clientWidth / 2, middle.y * ratio - view.clientHeight / 2)
  )
  return next
}

const usePinch = (view: { readonly current: HTMLElement | null }, onScale: (factor: number) => void): void => {
  const latest = useRef(onScale)
  latest.current = onScale
  useEffect(() => {
    const element = view.current
    if (!element) return
    let apart = 0
    const distance = (touches: TouchList) => {
      const [a, b] = [touches[0], touches[1]]
      return a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0
    }
    const start = (event: TouchEvent) => {
      apart = distance(event.touches)
    }
    const move = (event: TouchEvent) => {
      const now = distance(event.touches)
      if (event.touches.length !== 2 || apart === 0 || now === 0) return
      event.preventDefault()
      if (Math.abs(now / apart - 1) < 0.02) return
      latest.current(now / apart)
      apart = now
    }
    element.addEventListener('touchstart', start, { passive: true })
    element.addEventListener('touchmove', move, { passive: false })
    return () => {
      element.removeEventListener('touchstart', start)
      element.removeEventListener('touchmove', move)
    }
  }, [])
}
