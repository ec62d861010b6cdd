/** What an import found: `stop` keeps the whole import out, `look` lets it in and is told. */
export type Problem = {
  readonly file: string
  /** The row as a spreadsheet counts it; the header is row 1. 0 is the file as a whole. */
  readonly row: number
  readonly column: string
  readonly value: string
  readonly level: 'stop' | 'look'
  readonly message: string
}

/** Collects problems up to a limit, so that a file with a wrong column does not answer with 200,000 of them. */
export const problemList = (limit = 1000) => {
  const kept: Problem[] = []
  let stops = 0
  let looks = 0
  return {
    kept: kept as readonly Problem[],
    stops: () => stops,
    looks: () => looks,
    add: (problem: Problem): void => {
      if (problem.level === 'stop') stops += 1
      else looks += 1
      // What stops the import is worth more room than what only wants a look.
      if (kept.length < limit || (problem.level === 'stop' && kept.length < limit * 2))
        kept.push({ ...problem, value: problem.value.slice(0, 120) })
    }
  }
}
export type Problems = ReturnType<typeof problemList>
