import { describe, expect, it } from 'vitest'
import { hashOf, nextRoot } from '#sync/chain.ts'
import { checkDossier, type Line } from './dossier.ts'
import { digestOf, fingerprintOf, sealDossier } from './dossier-seal.ts'

/** A log of `count` events on one chain, as the office exports it. */
const log = (count: number): Line[] => {
  const lines: Line[] = []
  for (let n = 1; n <= count; n++) {
    const last = lines.at(-1)
    const body = JSON.stringify({ id: `e${n}`, chain: 'c', n, prev: last?.h ?? '', payload: { good: n } })
    lines.push({ seq: n, id: `e${n}`, h: hashOf(body), body, root: nextRoot(last?.root ?? '', hashOf(body)) })
  }
  return lines
}

const SECRET = 'a plant’s secret'
const sealed = (lines: readonly Line[]): string[] => {
  const hashes = lines.map(line => line.h)
  const seal = sealDossier(SECRET, {
    site: 'main',
    workOrder: 'WO-1',
    count: hashes.length,
    head: 9,
    root: '',
    digest: digestOf(hashes),
    at: '2026-11-22T10:00:00.000Z'
  })
  return [...lines.map(line => JSON.stringify(line)), JSON.stringify(seal)]
}
const check = (lines: readonly Line[]) => checkDossier(sealed(lines))

describe('checkDossier', () => {
  it('holds a log that is whole', async () => {
    expect(await check(log(4))).toEqual({
      events: 4,
      chains: 1,
      links: 3,
      roots: 4,
      gaps: 0,
      sealedBy: fingerprintOf(SECRET),
      faults: []
    })
  })

  it('counts what a dossier of one work order leaves out and checks the rest', async () => {
    const report = await check(log(5).filter(line => line.seq !== 3))
    expect(report).toMatchObject({ events: 4, links: 2, roots: 3, gaps: 2, faults: [] })
  })

  it('finds a changed body', async () => {
    const lines = log(3).map(line =>
      line.seq === 2 ? { ...line, body: line.body.replace('"good":2', '"good":9') } : line
    )
    expect((await check(lines)).faults).toEqual(['Line 2: its bytes do not have the hash that stands beside them'])
  })

  it('finds a body that was changed together with its hash', async () => {
    const lines = log(3).map(line => {
      const body = line.body.replace('"good":2', '"good":9')
      return line.seq === 2 ? { ...line, body, h: hashOf(body) } : line
    })
    expect((await check(lines)).faults).toEqual([
      'Line 2: the running root does not follow from the line before',
      'Line 3: it does not name the event before it in its chain'
    ])
  })

  it('finds events that changed places', async () => {
    const [one, two, three] = log(3) as [Line, Line, Line]
    expect((await check([one, three, two])).faults).toEqual([
      'Line 3: number 2 comes after number 3 of the same chain',
      'Line 3: sequence 2 comes after 3'
    ])
  })

  it('finds lines that were taken out, and a seal that was taken off or written anew', async () => {
    const file = sealed(log(4))
    expect((await checkDossier(file.toSpliced(1, 1))).faults).toEqual([
      'Line 4: the seal stands for 4 events, the file holds 3'
    ])
    expect((await checkDossier(file.slice(0, -1))).faults).toEqual([
      'There is no seal at the end: lines may have been left out'
    ])
    const forged = file.toSpliced(1, 1).map(line => line.replace('"count":4', '"count":3'))
    expect((await checkDossier(forged)).faults).toEqual(['Line 4: the seal was changed'])
    expect((await checkDossier([...file, file[0] ?? ''])).faults).toEqual(['Line 6: comes after the seal'])
  })

  it('says when a file holds no events', async () => {
    expect((await checkDossier([])).faults).toEqual(['There is no event in this file'])
    expect((await checkDossier(['<html>'])).faults[0]).toBe('Line 1: is not an event with seq, id, h, body and root')
  })
})
