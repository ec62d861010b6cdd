/** The live wall: eight stations a page, readable at five metres, and never fresher than it is. */
import { useEffect, useState } from 'preact/hooks'
import { age } from '#kernel/time.ts'
import { type Floor, useFloor } from '#ui/floor.tsx'
import { Shape } from '#ui/state-mark.tsx'
import { sizesFor, type Sizes } from '../optics.ts'
import { type Board, boardOf, type Cell, type LineScore, type Page, pageAt, type Presence } from '../projection.ts'
import css from './board-screen.module.css'
import { readWall, WallSetUp, type WallChoice } from './wall-set-up.tsx'

export const BoardScreen = () => {
  const floor = useFloor()
  const [setting, setSetting] = useState(() => new URLSearchParams(location.search).has('setup'))
  const [choice, setChoice] = useState<WallChoice>(() => readWall(floor.draft('board/wall')))
  const size = useWindowSize()
  if (setting) {
    const done = (next: WallChoice) => {
      floor.setDraft('board/wall', JSON.stringify(next))
      setChoice(next)
      setSetting(false)
    }
    return <WallSetUp choice={choice} size={size} onDone={done} />
  }
  const sizes = sizesFor({ ...choice, ...size })
  const fit = Math.max(1, sizes.columns * sizes.rows)
  const board = boardOf(floor, presenceOf(floor), floor.now.value, Math.min(choice.cells, fit))
  return (
    <Wall
      board={board}
      sizes={sizes}
      now={floor.now.value}
      onSetUp={() => setSetting(true)}
      onLeave={floor.place.use === 'wall' ? undefined : () => floor.go('/')}
    />
  )
}

/** Only a wall is told how each station's tablet is; a desk that looks on knows no more than whether the office answers. */
const presenceOf = (floor: Floor): Presence => {
  const told = floor.presence?.value
  if (told && (told.heard > 0 || floor.place.use === 'wall')) return told
  const network = floor.network.value
  return { heard: network.state === 'offline' ? network.since : floor.now.value, stations: undefined }
}

type WallProps = {
  readonly board: Board
  readonly sizes: Sizes
  readonly now: number
  readonly onSetUp: () => void
  /** Absent on a wall, which shows nothing else. */
  readonly onLeave: (() => void) | undefined
}

const Wall = ({ board, sizes, now, onSetUp, onLeave }: WallProps) => {
  const at = pageAt(board.pages, now)
  const page = board.pages[at]
  const columns = columnsOf(page, sizes)
  const live = board.freshness === 'live'
  // One row leaves room: larger numbers, and the words behind the state.
  const roomy = page !== undefined && page.cells.length <= columns && sizes.rows > 1
  useWall()
  const style = { '--wall-text': `${sizes.text}px`, '--wall-size': `${sizes.number}px`, '--wall-columns': columns }
  return (
    <div
      class={css.wall}
      data-wall=""
      data-freshness={board.freshness}
      data-roomy={roomy ? '' : undefined}
      style={style}
    >
      <header class={css.head}>
        {onLeave && (
          <button type="button" class={css.clock} aria-label="Leave the board" onClick={onLeave}>
            ‹
          </button>
        )}
        <div class={css.scores}>
          {page?.lines.map(line => (
            <Score key={line.line} score={line} alone={page.lines.length === 1} live={live} />
          ))}
        </div>
        {board.pages.length > 1 && (
          <span class={css.turn} role="img" aria-label={`Page ${at + 1} of ${board.pages.length}`}>
            {board.pages.map((_, i) => (
              <i key={i} data-on={i === at ? '' : undefined} />
            ))}
          </span>
        )}
        <button type="button" class={css.clock} aria-label="Set up this wall" onClick={onSetUp}>
          {timeOfDay(now)}
        </button>
      </header>
      <main class={css.cells}>
        {page ? (
          page.cells.map(cell => <StationCell key={cell.station} cell={cell} roomy={roomy} />)
        ) : (
          <p class={css.none}>No stations yet. Set them up in Plant.</p>
        )}
      </main>
      <footer class={css.foot} data-level={live ? board.foot.level : 'off'}>
        <span class={css.sign}>
          <Shape level={live ? board.foot.level : 'off'} />
        </span>
        <span>{live ? board.foot.text : silence(board)}</span>
      </footer>
    </div>
  )
}

const silence = (board: Board): string =>
  Number.isFinite(board.silentFor) ? `No message from the office for ${age(board.silentFor)}` : 'Waiting for the office'

const StationCell = ({ cell, roomy }: { readonly cell: Cell; readonly roomy: boolean }) => (
  <section
    class={css.cell}
    data-level={cell.level}
    data-blink={cell.blink ? '' : undefined}
    title={cell.waitingWhy}
    aria-label={`${cell.station} ${cell.name}`}
  >
    <div>
      <h2 class={css.station} data-nocut="">
        {cell.station}
      </h2>
      {roomy && <p class={css.name}>{cell.name}</p>}
      {roomy && cell.waitingWhy && <p class={css.why}>{cell.waitingWhy}</p>}
    </div>
    <p class={css.number} data-nocut="" style={{ '--long': Math.max(1, cell.number.length / (roomy ? 5.7 : 7.4)) }}>
      {cell.number}
    </p>
    <p class={css.state} data-nocut="">
      <Shape level={cell.level} />
      <span>{cell.word}</span>
    </p>
  </section>
)

/** Less than this part behind is the noise of a day. */
const BEHIND = 0.05

const Score = ({
  score,
  alone,
  live
}: {
  readonly score: LineScore
  readonly alone: boolean
  readonly live: boolean
}) => {
  const delta = score.good - score.target
  return (
    <p class={css.score}>
      <span class={css.line}>{alone ? score.name : score.line}</span>
      {live && (
        <span>
          {score.good}
          <span class={css.of}>/{score.target}</span>
        </span>
      )}
      {live && (
        <span class={css.delta} data-behind={-delta > score.target * BEHIND ? '' : undefined}>
          {delta === 0 ? '±0' : delta > 0 ? `+${delta}` : `−${-delta}`}
        </span>
      )}
    </p>
  )
}

/** Few stations take the room that is there. */
const columnsOf = (page: Page | undefined, { columns, rows }: Sizes): number => {
  const count = page?.cells.length ?? 1
  const most = Math.max(1, columns)
  return Math.min(most, Math.max(1, Math.ceil(count / Math.max(1, Math.min(rows, Math.ceil(count / most))))))
}

const timeOfDay = (now: number): string => {
  const date = new Date(now)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

const useWindowSize = () => {
  const [size, setSize] = useState({ width: innerWidth, height: innerHeight })
  useEffect(() => {
    const measure = () => setSize({ width: innerWidth, height: innerHeight })
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  return size
}

/** Hour of the night at which a wall begins anew; a page that runs for months grows. */
const NIGHT = 3

/** Dark to the edges, kept awake, and begun anew each night. */
const useWall = (): void => {
  const floor = useFloor()
  useEffect(() => {
    document.documentElement.toggleAttribute('data-wall', true)
    let lock: WakeLockSentinel | undefined
    const wake = () => {
      if (document.visibilityState === 'visible')
        navigator.wakeLock?.request('screen').then(
          got => {
            lock = got
          },
          () => undefined
        )
    }
    wake()
    document.addEventListener('visibilitychange', wake)
    return () => {
      document.documentElement.removeAttribute('data-wall')
      document.removeEventListener('visibilitychange', wake)
      void lock?.release()
    }
  }, [])
  const [began] = useState(() => floor.now.value)
  const old = floor.now.value - began > 6 * 3_600_000
  const night = old && new Date(floor.now.value).getHours() === NIGHT
  useEffect(() => {
    if (night && floor.place.use === 'wall') location.reload()
  }, [night])
}
