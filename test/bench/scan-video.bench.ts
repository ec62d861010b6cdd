/**
 * `scan-video`: from a code coming into sight to its text being known, through getUserMedia in a real Chromium, the product's own
 * camera dialog beside @zxing/browser as it comes, on the same seeded films. A code that was never read counts as the time it was
 * seen for. `--seed N` makes other films, `--loops N` plays them longer, `--minutes N` ends with hard film for so long, which must
 * give no wrong text and leave the heap as it was; without it that part takes a minute. `--films FOLDER` keeps the films there.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, note, report } from './report.ts'
import { FPS, type Kind, type Level, LOOP_SECONDS, SEEN_MS, stretches, writeFilm } from './scan-video-film.ts'
import { openStage, type Seen, type Stage, show } from './scan-video-stage.ts'

const LIMITS = { easyRatio: 0.15, hard: { code128: 350, qr: 45 }, frames: 0.97, mainThread: 1, heapMb: 10 } as const

type Films = Readonly<Record<Level, string>>
type Latencies = Readonly<Record<Kind, readonly number[]>> & {
  readonly wrong: readonly string[]
  readonly missed: number
}

export const bench = async (options: readonly string[]): Promise<boolean> => {
  const kept = options[options.indexOf('--films') + 1]
  const keep = options.includes('--films') && kept !== undefined
  const folder = keep ? kept : await mkdtemp(join(tmpdir(), 'jobcard-film-'))
  const films: Films = { easy: join(folder, 'easy.mjpeg'), hard: join(folder, 'hard.mjpeg') }
  const seed = numberAfter(options, '--seed', 1)
  note(`Making the films of seed ${seed}`)
  const stage = await openStage()
  try {
    for (const level of ['easy', 'hard'] as const)
      if (!existsSync(films[level])) await writeFilm(films[level], level, level === 'easy' ? seed : seed + 1)
    const seconds = numberAfter(options, '--loops', 3) * LOOP_SECONDS
    const latency = await latencies(stage, films, seconds)
    const cost = await costs(stage, films)
    const long = await longRun(stage, films, numberAfter(options, '--minutes', 1))
    return latency && cost && long
  } finally {
    await stage.stop()
    if (!keep) await rm(folder, { recursive: true, force: true })
  }
}

const latencies = async (stage: Stage, films: Films, seconds: number): Promise<boolean> => {
  let fine = true
  for (const level of ['easy', 'hard'] as const) {
    note(`${level}: ours, then @zxing/browser, ${Math.round(seconds)} s each`)
    const film = films[level]
    const ours = latenciesOf(await show(stage, { reader: 'ours', film, seconds, phase: true }))
    const theirs = latenciesOf(await show(stage, { reader: 'zxing', film, seconds, phase: true }))
    const [value, versus] = [median(all(ours)), median(all(theirs))]
    const missed = { missed: ours.missed, versus_missed: theirs.missed, of: all(ours).length }
    say(`${level}.median_ms`, value, 'ms', versus, missed)
    for (const { kind } of stretches)
      say(`${level}.${kind}_ms`, median(ours[kind]), 'ms', median(theirs[kind]), { of: ours[kind].length })
    say(`${level}.wrong`, ours.wrong.length, 'texts', undefined, {
      texts: ours.wrong.slice(0, 5),
      versus_texts: theirs.wrong.slice(0, 5)
    })
    fine &&= ours.wrong.length === 0
    if (level === 'easy') fine &&= value <= LIMITS.easyRatio * versus
    else fine &&= median(ours.code128) <= LIMITS.hard.code128 && median(ours.qr) <= LIMITS.hard.qr
  }
  return fine
}

/** What reading costs the page beyond showing the picture, and how many of the film's frames are still shown meanwhile. */
const costs = async (stage: Stage, films: Films): Promise<boolean> => {
  note('hard: what reading costs the page')
  const seconds = LOOP_SECONDS
  const film = films.hard
  const none = await show(stage, { reader: 'none', film, seconds, phase: false })
  const ours = await show(stage, { reader: 'ours', film, seconds, phase: false })
  const theirs = await show(stage, { reader: 'zxing', film, seconds, phase: false })
  const idle = perFrame(none)
  const value = perFrame(ours) - idle
  say('main_thread_ms_per_frame', value, 'ms', perFrame(theirs) - idle, { picture_alone: idle })
  const kept = shown(ours)
  say('frames_shown', kept, 'part', shown(theirs), { picture_alone: shown(none), of_picture_alone: kept / shown(none) })
  // A busy machine loses frames of the picture alone as well.
  return value <= LIMITS.mainThread && kept >= LIMITS.frames * Math.min(1, shown(none))
}

const longRun = async (stage: Stage, films: Films, minutes: number): Promise<boolean> => {
  note(`hard: ${minutes} min without a pause`)
  const seen = await show(stage, { reader: 'ours', film: films.hard, seconds: minutes * 60, phase: true })
  const { wrong } = latenciesOf(seen)
  const grown = (seen.heap[1] - seen.heap[0]) / 1e6
  say('wrong', wrong.length, 'texts', undefined, { minutes, read: seen.heard.length, texts: wrong.slice(0, 5) })
  say('heap_growth_mb', grown, 'MB', undefined, { minutes })
  return wrong.length === 0 && grown <= LIMITS.heapMb
}

/** From the first frame with a code to its text, for every time that a code came into sight and was seen to its end. */
const latenciesOf = ({ appearances, heard, until }: Seen): Latencies => {
  const found: Record<Kind, number[]> = { code128: [], qr: [], datamatrix: [], ean13: [] }
  let missed = 0
  // The first may have been in sight before the page looked, the last may not have been to its end.
  for (const { phase, at } of appearances.slice(1)) {
    const stretch = stretches.find(one => one.phase === phase)
    if (!stretch || at + SEEN_MS > until) continue
    const first = heard.find(one => one.text === stretch.text && one.at >= at && one.at < at + SEEN_MS)
    if (!first) missed += 1
    found[stretch.kind].push(first ? first.at - at : SEEN_MS)
  }
  const wrong = heard.filter(one => !stretches.some(({ text }) => text === one.text)).map(one => one.text)
  return { ...found, wrong, missed }
}

const all = (one: Latencies): readonly number[] => stretches.flatMap(({ kind }) => one[kind])
const perFrame = ({ mainThread, shown: frames }: Seen): number => mainThread / Math.max(1, frames)
const shown = ({ shown: frames, since, until }: Seen): number => frames / (((until - since) / 1000) * FPS)

const say = (metric: string, value: number, unit: string, versus?: number, more: Record<string, unknown> = {}): void =>
  report({
    bench: 'scan-video',
    metric,
    value,
    unit,
    ...(versus === undefined ? {} : { versus, ratio: value / versus }),
    ...more
  })

const numberAfter = (options: readonly string[], name: string, usual: number): number => {
  const at = options.indexOf(name)
  const value = at < 0 ? usual : Number(options[at + 1])
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} needs a number`)
  return value
}
