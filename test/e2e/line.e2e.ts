/** `npm run line`: simulated people work the sample plant through real tablets, and nothing of them stays behind. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from '@playwright/test'
import { expect, newPage } from './hands.ts'
import { openOwnOffice } from './own-office.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const startLine = (url: string) => {
  const child = spawn(process.execPath, ['test/line/run.ts', '--at', url, '--pace', '0.3', '--seed', '5'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const gone = new Promise<number | null>(done => child.once('exit', done))
  return {
    said: () => said,
    stop: () => {
      child.kill('SIGINT')
      return gone
    }
  }
}

test('simulated people work the sample plant, leave an order to you, and take everything with them', async ({
  browser
}) => {
  test.setTimeout(180_000)
  const office = await openOwnOffice()
  const line = startLine(office.url)
  try {
    const wall = await newPage(browser, 1920, 1080)
    await wall.goto(office.url)
    await wall.locator('[data-door="I watch the line"]').click()
    const cell = (station: string) => wall.locator(`section[aria-label^="${station}"]`)
    // WO-0013 stood at 11 pieces; an order for the idle first station is released, begun and counted.
    await expect(cell('ST-05')).toContainText(/(1[2-9]|2\d)\/32/, { timeout: 60_000 })
    await expect(cell('ST-01')).toContainText(/[1-9]\d*\/60/, { timeout: 60_000 })
    await wall.context().close()
    expect(await line.stop()).toBe(0)
    expect(line.said()).toContain('WO-0016 is released')
    expect(line.said()).not.toContain('not reached')
    const views = await office.sql(
      sql => sql<{ kind: string; key: string; body: { state?: string; name?: string; note?: string } }[]>`
        SELECT kind, key, body FROM view WHERE kind IN ('plant/tablet', 'plant/andon')`
    )
    const states = (kind: string, is: (body: (typeof views)[number]['body'], key: string) => boolean) =>
      views.filter(one => one.kind === kind && is(one.body, one.key)).map(({ body }) => body.state)
    expect(states('plant/tablet', one => one.name?.startsWith('Simulated') ?? false)).toEqual(Array(9).fill('revoked'))
    expect(states('plant/andon', one => one.note === 'Simulated' && one.state !== 'closed')).toEqual([])
    const [left] = await office.sql(
      sql => sql<{ state: string }[]>`
        SELECT one->>'state' AS state FROM view, jsonb_array_elements(body->'operations') AS one
        WHERE kind = 'orders/work-order' AND key = 'WO-0012' AND one->>'op' = '30'`
    )
    expect(left?.state).toBe('waiting')
    const [set] = await office.sql(sql => sql`SELECT count(*)::int AS many FROM set_aside`)
    expect(set).toEqual({ many: 0 })
  } finally {
    await line.stop()
    await office.remove()
  }
})
