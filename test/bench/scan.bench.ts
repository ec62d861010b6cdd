/**
 * `scan`: labelled pictures through the pipeline of the camera's worker, each as a still picture shown for up to fifteen frames,
 * beside zxing-wasm and @zxing/browser with their defaults, and trying harder, on the same pixels. `--dir FOLDER` names the pictures. All symbologies
 * are switched on for all. Ends with 1 where a code is read wrong, one is read where there is none, or a symbology is read less than by
 * the best of the others.
 */
import { note, report } from './report.ts'
import { folderOf, isRight, type Listed, pixelsOf, readManifest } from './scan-data.ts'
import { downloadKb } from './scan-download.ts'
import { emptyFrames } from './scan-empty.ts'
import { type Answer, openEngine, readOurs, readScript, readZxing } from './scan-engines.ts'

type Engine = 'ours' | 'zxing-wasm' | 'zxing-wasm harder' | '@zxing/browser' | '@zxing/browser harder'
/** Each of the others, as it comes and trying harder: no symbology may be read less than by the best of them. */
const others = ['zxing-wasm', 'zxing-wasm harder', '@zxing/browser', '@zxing/browser harder'] as const
const engines: readonly Engine[] = ['ours', ...others]

type Result = { readonly picture: Listed; readonly answers: Readonly<Record<Engine, Answer>> }

export const bench = async (options: readonly string[]): Promise<boolean> => {
  const folder = folderOf(options)
  const pictures = await readManifest(folder)
  const zxing = await openEngine()
  note(`${pictures.length} pictures of ${folder}`)
  const results: Result[] = []
  for (const picture of pictures) {
    const pixels = await pixelsOf(folder, picture)
    const answers = {
      ours: readOurs(zxing, pixels),
      'zxing-wasm': await readZxing(pixels),
      'zxing-wasm harder': await readZxing(pixels, true),
      '@zxing/browser': readScript(pixels),
      '@zxing/browser harder': readScript(pixels, true)
    }
    results.push({ picture, answers })
    tell(picture, answers.ours)
  }
  const coded = results.filter(({ picture }) => picture.symbology !== 'none')
  const negatives = results.filter(({ picture }) => picture.symbology === 'none')
  sayReads('all', coded)
  sayReads(
    'hard',
    coded.filter(({ picture }) => picture.difficulty !== 'easy')
  )
  const wrong = sayCount('all.wrong', coded, isWrong)
  const falsely = sayCount('negatives.false', negatives, ({ answers }, engine) => answers[engine].texts.length > 0)
  let under = 0
  for (const symbology of new Set(coded.map(({ picture }) => picture.symbology)))
    under += sayReads(
      symbology,
      coded.filter(({ picture }) => picture.symbology === symbology)
    )
  const empty = await emptyFrames(zxing)
  sayRatio('empty_frame.p95', empty.ours, 'ms', empty.theirs)
  const download = await downloadKb()
  sayRatio('download_kb', download.ours, 'KiB', download.alone)
  return wrong === 0 && falsely === 0 && under === 0
}

/** Missed and wrong ones, to look at. */
const tell = (picture: Listed, { texts, frame, way }: Answer): void => {
  const [text] = texts
  if (picture.symbology === 'none' ? text === undefined : text !== undefined && isRight(picture, text)) return
  note(
    `${text === undefined ? 'missed' : `WRONG ${JSON.stringify(text)} (${way}, frame ${frame})`} ${picture.file} ${picture.symbology} ${JSON.stringify(picture.text)}`
  )
}

const isRead = ({ picture, answers }: Result, engine: Engine): boolean =>
  answers[engine].texts.some(text => isRight(picture, text))

/** Something was read and none of it is right. */
const isWrong = (result: Result, engine: Engine): boolean =>
  result.answers[engine].texts.length > 0 && !isRead(result, engine)

const counted = (results: readonly Result[], of: (result: Result, engine: Engine) => boolean): Record<Engine, number> =>
  Object.fromEntries(engines.map(engine => [engine, results.filter(result => of(result, engine)).length])) as Record<
    Engine,
    number
  >

/** Answers by how many the best single engine is ahead. */
const sayReads = (group: string, results: readonly Result[]): number => {
  const reads = counted(results, isRead)
  const wrong = counted(results, isWrong)
  report({
    bench: 'scan',
    metric: `${group}.reads`,
    value: reads.ours,
    unit: 'pictures',
    versus: reads['zxing-wasm'],
    ratio: reads.ours / reads['zxing-wasm'],
    of: results.length,
    wrong: wrong.ours,
    zxing_wasm_harder: reads['zxing-wasm harder'],
    zxing_browser: reads['@zxing/browser'],
    zxing_browser_harder: reads['@zxing/browser harder']
  })
  return Math.max(0, ...others.map(engine => reads[engine] - reads.ours))
}

const sayCount = (
  metric: string,
  results: readonly Result[],
  of: (result: Result, engine: Engine) => boolean
): number => {
  const counts = counted(results, of)
  report({
    bench: 'scan',
    metric,
    value: counts.ours,
    unit: 'pictures',
    versus: counts['zxing-wasm'],
    of: results.length,
    zxing_browser: counts['@zxing/browser']
  })
  return counts.ours
}

const sayRatio = (metric: string, value: number, unit: string, versus: number): void =>
  report({ bench: 'scan', metric, value, unit, versus, ratio: value / versus })
