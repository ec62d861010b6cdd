/**
 * A TCP proxy between one tablet and the office that harms what passes, as its `Weather` says and its dice fall.
 *
 * A partition holds bytes back as a dropped packet does: after it heals they come at TCP's next retransmission, whose pause
 * has doubled since the first one that was lost (0.2, 0.6, 1.4, 3.0 … s). A dead line swallows them for ever while the
 * connection stays open, as a router does that forgot it.
 */
import { createConnection, createServer, type Socket } from 'node:net'

export type Weather = {
  /** Milliseconds each way, and how much more at most. */
  readonly latency: number
  readonly jitter: number
  /** Bytes per second each way; 0: no limit. */
  readonly bandwidth: number
  /** Which way bytes are held back: from the tablet, to it. */
  readonly hold: 'none' | 'in' | 'out' | 'both'
  /** Bytes vanish for good in both ways. */
  readonly dead: boolean
  /** Odds that the connection is reset, for each chunk that passes. */
  readonly reset: number
  /** Odds that a request is answered by a page of a captive portal, with or without having reached the office. */
  readonly portal: number
  /** Bytes after which a connection is cut, each way; 0: never. */
  readonly cutAfter: number
  /** Odds that a chunk from the office has one of its bytes changed. */
  readonly damage: number
  /** Longest piece that is passed on at once, bytes; 0: as it came. */
  readonly slice: number
}

export const FAIR: Weather = {
  latency: 0,
  jitter: 0,
  bandwidth: 0,
  hold: 'none',
  dead: false,
  reset: 0,
  portal: 0,
  cutAfter: 0,
  damage: 0,
  slice: 0
}

export type ProxyLine = {
  readonly port: number
  set(weather: Weather): void
  /** Bytes that left the tablet and bytes that came to it, and what was done to them. */
  readonly counts: {
    up: number
    down: number
    connections: number
    resets: number
    portals: number
    held: number
    dead: number
  }
  close(): Promise<void>
}

export type ProxyPorts = {
  readonly target: () => number | undefined
  readonly random: () => number
  readonly port?: number
}

export const openProxy = async ({ target, random, port = 0 }: ProxyPorts): Promise<ProxyLine> => {
  const shared: Shared = {
    weather: FAIR,
    random,
    target,
    links: new Set(),
    counts: { up: 0, down: 0, connections: 0, resets: 0, portals: 0, held: 0, dead: 0 }
  }
  const server = createServer(socket => connect(shared, socket))
  await new Promise<void>((done, refuse) => {
    server.once('error', refuse)
    server.listen(port, '127.0.0.1', done)
  })
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The proxy has no port')
  return {
    port: address.port,
    counts: shared.counts,
    set: weather => {
      shared.weather = weather
      for (const link of shared.links) link.look()
    },
    close: () => {
      for (const link of shared.links) link.end(false)
      return new Promise(done => server.close(() => done()))
    }
  }
}

type Shared = {
  weather: Weather
  readonly random: () => number
  readonly target: () => number | undefined
  readonly links: Set<Link>
  readonly counts: ProxyLine['counts']
}
type Link = { look(): void; end(hard: boolean): void }

const connect = (shared: Shared, tablet: Socket): void => {
  const port = shared.target()
  shared.counts.connections += 1
  // Nobody listens: as a machine answers whose server is down.
  if (port === undefined) return void tablet.resetAndDestroy()
  const office = createConnection({ host: '127.0.0.1', port })
  const link: Link = {
    look: () => {
      up.look()
      down.look()
    },
    end: hard => {
      shared.links.delete(link)
      for (const socket of [tablet, office]) hard ? socket.resetAndDestroy() : socket.destroy()
    }
  }
  const up = way(shared, 'out', office, link)
  const down = way(shared, 'in', tablet, link)
  shared.links.add(link)
  tablet.on('data', chunk => {
    shared.counts.up += chunk.length
    if (portal(shared, tablet, office, chunk, link)) return
    up.pass(chunk)
  })
  office.on('data', chunk => {
    down.pass(chunk)
  })
  for (const [from, to] of [
    [tablet, up],
    [office, down]
  ] as const) {
    from.setNoDelay(true)
    from.on('error', () => link.end(false))
    from.on('end', () => to.finish())
    from.on('close', () => to.finish())
  }
}

const PAGE = '<html><body>Accept the terms of this Wi-Fi</body></html>'
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${PAGE.length}\r\nconnection: close\r\n\r\n${PAGE}`

/** A page in place of an answer; in half of the cases the office got the request all the same. */
const portal = (
  { weather, random, counts }: Shared,
  tablet: Socket,
  office: Socket,
  chunk: Buffer,
  link: Link
): boolean => {
  if (
    weather.portal === 0 ||
    !/^(GET|POST|PUT|HEAD) \//.test(chunk.toString('latin1', 0, 8)) ||
    random() >= weather.portal
  )
    return false
  counts.portals += 1
  office.removeAllListeners('data')
  office.on('data', () => undefined)
  if (random() < 0.5) office.write(chunk)
  tablet.end(ANSWER)
  setTimeout(() => link.end(false), 500)
  return true
}

type Way = { pass(chunk: Buffer): void; look(): void; finish(): void }

/** One direction of one connection: bytes in order, each piece when its time has come. */
const way = (shared: Shared, side: 'in' | 'out', to: Socket, link: Link): Way => {
  const queue: { readonly bytes: Buffer; readonly due: number }[] = []
  let timer: NodeJS.Timeout | undefined
  let heldSince = 0
  let free = 0
  let muted = false
  let over = false
  let passed = 0
  const held = () => shared.weather.hold === 'both' || shared.weather.hold === side
  const pump = (): void => {
    clearTimeout(timer)
    if (held()) {
      heldSince ||= Date.now()
      return
    }
    if (heldSince > 0 && queue.length > 0) free = Math.max(free, retransmitted(heldSince, Date.now()))
    heldSince = 0
    const now = Date.now()
    while (queue[0] && Math.max(queue[0].due, free) <= now) to.write(queue.shift()?.bytes ?? Buffer.alloc(0))
    if (queue[0]) timer = setTimeout(pump, Math.max(1, Math.max(queue[0].due, free) - now))
    else if (over) to.end()
  }
  return {
    look: () => {
      if (shared.weather.dead && !muted) {
        muted = true
        shared.counts.dead += 1
      }
      pump()
    },
    pass: chunk => {
      const { weather, random, counts } = shared
      if (muted) return
      if (weather.reset > 0 && random() < weather.reset) {
        counts.resets += 1
        // Part of it arrives: a cut in the middle of a request or of an answer.
        to.write(chunk.subarray(0, Math.floor(random() * chunk.length)))
        return link.end(true)
      }
      if (held()) counts.held += 1
      if (side === 'in' && random() < weather.damage) damaged(chunk, random)
      passed += chunk.length
      if (weather.cutAfter > 0 && passed > weather.cutAfter) {
        counts.resets += 1
        const last = chunk.subarray(0, Math.max(0, chunk.length - (passed - weather.cutAfter)))
        if (side === 'in') counts.down += last.length
        // What has arrived has arrived: a reset would take that away as well.
        to.end(last, () => link.end(false))
        muted = true
        return
      }
      if (side === 'in') counts.down += chunk.length
      let at = Date.now() + weather.latency + weather.jitter * random()
      for (const bytes of sliced(chunk, weather.slice)) {
        at =
          Math.max(at, queue.at(-1)?.due ?? 0) + (weather.bandwidth > 0 ? (bytes.length * 1000) / weather.bandwidth : 0)
        queue.push({ bytes, due: at })
      }
      pump()
    },
    finish: () => {
      over = true
      if (!muted) pump()
    }
  }
}

const sliced = (chunk: Buffer, most: number): readonly Buffer[] => {
  if (most === 0) return [chunk]
  return Array.from({ length: Math.ceil(chunk.length / most) }, (_, i) => chunk.subarray(i * most, (i + 1) * most))
}

/** Changes a byte that is no part of the head of an answer. */
const damaged = (chunk: Buffer, random: () => number): void => {
  const body = Math.max(0, chunk.indexOf('\r\n\r\n') + 4)
  const at = body + Math.floor(random() * (chunk.length - body))
  if (at < chunk.length) chunk[at] = (chunk[at] ?? 0) ^ 0xff
}

/** When TCP next tries what it first sent at `since`, seen from `now`. */
const retransmitted = (since: number, now: number): number => {
  let at = since + 200
  for (let pause = 400; at < now; pause *= 2) at += pause
  return at
}
