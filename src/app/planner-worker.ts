/** The planner's worker: keeps what is known as it was sent, and answers one question after the other. */
import { catalog } from '#activities/catalog.ts'
import { listenersOf } from '#kernel/fold.ts'
import { remembering } from '#kernel/remember.ts'
import { answerWith, type Views } from './planner-answers.ts'
import type { FromWorker, ToWorker } from './planner-messages.ts'
import { questions } from './questions.ts'

const listeners = listenersOf(catalog.flatMap(room => room.views))
let views: Views = {}
const keep = remembering()

const say = (message: FromWorker): void => postMessage(message)

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if ('views' in data) {
    views = { ...views, ...data.views }
    return
  }
  const { id } = data
  try {
    const answer = answerWith(questions, listeners, views, data, {
      now: () => performance.now(),
      progress: (part, soFar) => say({ id, part, ...(soFar === undefined ? {} : { soFar }) }),
      keep
    })
    say({ id, answer })
  } catch (reason) {
    say({ id, problem: reason instanceof Error ? reason.message : String(reason) })
  }
})

say({ needs: [...new Set(questions.flatMap(one => one.views.map(({ name }) => name)))] })
