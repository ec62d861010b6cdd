/**
 * How far the log had come, kept outside of the database: a database that went backwards (a snapshot or a dump was put back)
 * must not go on as if nothing had happened, or numbers that tablets have seen would be given to other events.
 *
 * The mark is a small file in the data folder, written at most every two seconds, and raised by what tablets say they have
 * seen. A backup that `npm run restore` loaded opens an epoch that the mark does not know, and needs no order.
 */
import { randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Sql } from 'postgres'
import type { Office } from './office.ts'
import { Problem } from './problem.ts'

const FILE = 'high-water.json'
const EVERY_MS = 2000

const markShape = z.object({
  site: z.string(),
  head: z.number(),
  root: z.string(),
  epoch: z.string(),
  /** Every epoch that the database knew. */
  epochs: z.array(z.string()),
  /** A tablet that has seen more than the database held. */
  witness: z.object({ device: z.string(), seq: z.number() }).optional()
})
type Mark = z.infer<typeof markShape>

/** What a tablet says it was shown, and in which epoch. */
export type Seen = {
  readonly device: string
  readonly epoch: string
  readonly seq: number
  readonly root?: string | undefined
}

export type HighWater = {
  /** Throws when a tablet has seen a log that is not the beginning of this one. */
  compare(seen: Seen): Promise<void>
  /** Undefined while all is well; else the sentence for whoever looks after the office. */
  readonly trouble: () => string | undefined
  stop(): Promise<void>
}

export type HighWaterOptions = {
  readonly dataDir: string
  /** `now`: opens a new epoch whatever the mark says. `when-needed`: only when the database went backwards. */
  readonly newEpoch: 'no' | 'now' | 'when-needed'
  readonly log: (line: string) => void
}

/** The database went backwards, and nobody ordered a new epoch. */
export class WentBackwards extends Error {}

export const openHighWater = async (office: Office, options: HighWaterOptions): Promise<HighWater> => {
  const file = join(options.dataDir, FILE)
  const site = office.site.site
  const mark = await readMark(file, site)
  const why = mark && (await backwards(office.sql, site, mark))
  if (why && options.newEpoch === 'no') throw new WentBackwards(`${why} ${ORDER}`)
  if (options.newEpoch === 'now' || (why && options.newEpoch === 'when-needed')) {
    await openEpoch(office.sql, site, why ?? 'ordered at the start')
    options.log('A new epoch was opened: tablets send again what this database does not have')
  }
  return new Keeper(office, file, options.log).begin()
}

const ORDER =
  'If this is the database you mean, start with: npm start -- --new-epoch. Tablets then send again what it does not have.'

/** Says in a sentence how the database is older than the mark; undefined when it is not. */
const backwards = async (sql: Sql, site: string, mark: Mark): Promise<string | undefined> => {
  const now = await positionOf(sql, site, mark.head)
  // An epoch that the mark does not know was opened since: by a restore, or by an order.
  if (!mark.epochs.includes(now.epoch)) return undefined
  const seen = Math.max(mark.head, mark.witness?.seq ?? 0)
  if (now.head < seen) return `The database holds ${now.head} events, and ${seen} were there before${byWhom(mark)}.`
  return (now.there ?? '') === mark.root && now.epoch === mark.epoch
    ? undefined
    : 'The database holds another history than the one before.'
}

const byWhom = ({ head, witness }: Mark): string =>
  witness && witness.seq > head ? ` (as tablet ${witness.device} has seen)` : ''

/**
 * From the beginning: how far the two histories agree is not known. Tablets send all that they kept, and what is here already
 * is answered as a duplicate.
 */
const openEpoch = async (sql: Sql, site: string, reason: string): Promise<void> => {
  await sql`
    INSERT INTO site_epoch (site_id, epoch, start_seq, office_chain, reason)
    VALUES (${site}, ${randomUUID()}::uuid, 0, ${randomUUID()}::uuid, ${reason})`
}

/** `there`: the running hash at the number that was asked about. */
type Position = { readonly head: number; readonly root: string; readonly epoch: string; readonly there: string | null }

const positionOf = async (sql: Sql, site: string, at = 0): Promise<Position> => {
  const [row] = await sql<Position[]>`
    SELECT c.head::float8 AS head, c.root, e.epoch::text AS epoch,
      (SELECT root FROM event WHERE site_id = c.site_id AND seq = ${at}) AS there FROM site_counter c,
      LATERAL (SELECT epoch FROM site_epoch WHERE site_id = c.site_id ORDER BY made_at DESC LIMIT 1) e
    WHERE c.site_id = ${site}`
  if (!row) throw new Error(`no such site: ${site}`)
  return row
}

/** A mark that can't be read, or of another plant, says nothing. */
const readMark = async (file: string, site: string): Promise<Mark | undefined> => {
  try {
    const mark = markShape.parse(JSON.parse(await readFile(file, 'utf8')))
    return mark.site === site ? mark : undefined
  } catch {
    return undefined
  }
}

class Keeper implements HighWater {
  readonly #office: Office
  readonly #file: string
  readonly #log: (line: string) => void
  readonly #timer: NodeJS.Timeout
  #witness: Mark['witness']
  #written = ''
  #writing: Promise<void> = Promise.resolve()
  #trouble: string | undefined

  constructor(office: Office, file: string, log: (line: string) => void) {
    this.#office = office
    this.#file = file
    this.#log = log
    // A database that is away for a moment is no news: the next round writes what is true then.
    this.#timer = setInterval(() => void this.#write().catch(() => undefined), EVERY_MS)
    this.#timer.unref()
  }

  async begin(): Promise<this> {
    await this.#write()
    return this
  }

  trouble = (): string | undefined => this.#trouble

  async compare({ device, epoch, seq, root }: Seen): Promise<void> {
    if (seq <= 0) return
    const { sql, site } = this.#office
    const now = await positionOf(sql, site.site, seq)
    // What was seen in another epoch is settled by that epoch.
    if (epoch !== now.epoch) return
    const older = seq > now.head
    if (!older && (root === undefined || root === now.there)) return
    await this.#raise({ device, seq: older ? seq : now.head + 1 }, older, now.head)
    throw new Problem(
      503,
      'busy',
      'The office holds an older or another record than this tablet has seen.',
      'Nothing is lost, and work goes on. Tell the administrator: the newer database has to come back, or the server has to be started with --new-epoch.'
    )
  }

  async #raise(witness: { device: string; seq: number }, older: boolean, head: number): Promise<void> {
    const most = Math.max(witness.seq, this.#witness?.seq ?? 0)
    if (this.#witness?.seq === most) return
    this.#witness = { ...witness, seq: most }
    const what = older
      ? `has seen ${witness.seq} events and this database holds ${head}`
      : 'has seen another history than this database holds'
    this.#trouble = `Tablet ${witness.device} ${what}. ${ORDER}`
    this.#log(this.#trouble)
    await this.#write()
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#writeNow())
    return this.#writing
  }

  async #writeNow(): Promise<void> {
    const { sql, site } = this.#office
    const epochs = await sql<
      { epoch: string }[]
    >`SELECT epoch::text AS epoch FROM site_epoch WHERE site_id = ${site.site} ORDER BY made_at`
    const { head, root, epoch } = await positionOf(sql, site.site)
    const mark: Mark = {
      site: site.site,
      head,
      root,
      epoch,
      epochs: epochs.map(one => one.epoch),
      ...(this.#witness ? { witness: this.#witness } : {})
    }
    const text = `${JSON.stringify(mark)}\n`
    if (text === this.#written) return
    await writeFile(`${this.#file}.new`, text, { mode: 0o600 })
    await rename(`${this.#file}.new`, this.#file)
    this.#written = text
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#write().catch(() => undefined)
  }
}
