/**
 * Outlines of the codes in sight, drawn over the video by hand: thirty times a second is too often to redraw a component for.
 */
type Point = readonly [x: number, y: number]
type Seen = { readonly text: string; readonly corners?: readonly Point[] }

export type Outlines = { readonly draw: (seen: readonly Seen[], known: (text: string) => boolean) => void }

const SVG = 'http://www.w3.org/2000/svg'

/** The drawing lies over the video and is fitted into its box in the same way. */
export const outlinesOn = (svg: SVGSVGElement, video: HTMLVideoElement): Outlines => {
  let drawn = ''
  svg.replaceChildren()
  return {
    draw: (seen, known) => {
      const width = video.videoWidth || 1
      const height = video.videoHeight || 1
      const shapes = seen.flatMap(({ text, corners }) =>
        corners ? [{ text, points: corners.map(([x, y]) => `${round(x * width)},${round(y * height)}`).join(' ') }] : []
      )
      const next = `${width} ${height} ${shapes.map(one => one.points).join(' ')}`
      if (next === drawn) return
      drawn = next
      svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
      while (svg.children.length > shapes.length) svg.lastElementChild?.remove()
      while (svg.children.length < shapes.length) svg.append(document.createElementNS(SVG, 'polygon'))
      for (const [i, { text, points }] of shapes.entries()) {
        svg.children[i]?.setAttribute('points', points)
        svg.children[i]?.setAttribute('data-state', known(text) ? 'known' : 'unknown')
      }
    }
  }
}

const round = (value: number): number => Math.round(value * 2) / 2
