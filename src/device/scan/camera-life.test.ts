import { describe, expect, it } from 'vitest'
import type { CameraTrouble } from './camera.ts'
import { cameraLife, type Kept } from './camera-life.ts'

const rig = () => {
  const log: string[] = []
  let visible = true
  let turn = (): void => undefined
  let answers: ((answer: Kept | CameraTrouble) => void)[] = []
  const life = cameraLife<Kept>({
    open: wanted => {
      log.push(`open ${wanted ?? 'any'}`)
      return new Promise(resolve => {
        answers = [...answers, resolve]
      })
    },
    onOpen: kept => log.push(kept ? 'shown' : 'gone'),
    onTrouble: trouble => log.push(trouble),
    visible: () => visible,
    onTurn: then => {
      turn = then
      return () => log.push('deaf')
    }
  })
  const camera = (name: string) => {
    const state = { alive: true }
    return { state, kept: { alive: () => state.alive, close: () => log.push(`close ${name}`) } }
  }
  const answer = async (given: Kept | CameraTrouble) => {
    const [first, ...rest] = answers
    answers = rest
    first?.(given)
    for (let i = 0; i < 5; i += 1) await Promise.resolve()
  }
  return {
    log,
    life,
    camera,
    answer,
    waiting: () => answers.length,
    turn: (now = visible) => {
      visible = now
      turn()
    }
  }
}

describe('the life of a camera', () => {
  it('closes with the page and opens again with it, by whatever event', async () => {
    const { log, camera, answer, turn } = rig()
    await answer(camera('a').kept)
    turn(false)
    turn(true)
    turn(true)
    await answer(camera('b').kept)
    turn(true)
    expect(log).toEqual(['open any', 'shown', 'close a', 'gone', 'open any', 'shown'])
  })
  it('opens one at a time however many events come', async () => {
    const { log, answer, camera, turn, waiting } = rig()
    turn()
    turn()
    turn()
    expect(waiting()).toBe(1)
    await answer(camera('a').kept)
    expect(log).toEqual(['open any', 'shown'])
  })
  it('opens anew what the system ended or muted meanwhile', async () => {
    const { log, answer, camera, turn } = rig()
    const first = camera('a')
    await answer(first.kept)
    first.state.alive = false
    turn()
    await answer(camera('b').kept)
    expect(log).toEqual(['open any', 'shown', 'close a', 'gone', 'open any', 'shown'])
  })
  it('closes at once what opens after the end, or while the page is away', async () => {
    const one = rig()
    one.life.end()
    await one.answer(one.camera('late').kept)
    expect(one.log).toEqual(['open any', 'deaf', 'close late'])
    const two = rig()
    two.turn(false)
    await two.answer(two.camera('late').kept)
    expect(two.log).toEqual(['open any', 'close late'])
  })
  it('opens the other camera when one is asked for while the first is still opening', async () => {
    const { log, life, answer, camera } = rig()
    life.reopen('b')
    await answer(camera('a').kept)
    await answer(camera('b').kept)
    expect(log).toEqual(['open any', 'close a', 'open b', 'shown'])
  })
  it('says why there is none, and tries again when asked', async () => {
    const { log, life, answer, camera } = rig()
    await answer('taken')
    life.reopen()
    await answer(camera('a').kept)
    life.lost()
    await answer('taken')
    expect(log).toEqual(['open any', 'taken', 'open any', 'shown', 'close a', 'gone', 'open any', 'taken'])
  })
})
