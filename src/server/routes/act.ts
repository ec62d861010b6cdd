/** Decisions: asked of the office, decided once, answered again when asked again. */
import type { ActReply } from '#sync/protocol.ts'
import { actReply, actRequest } from '#sync/protocol.ts'
import { isRefusal } from '#kernel/decision.ts'
import { isUuid } from '#kernel/id.ts'
import { actorOf } from '../http.ts'
import { Problem } from '../problem.ts'
import { type Asked, type Route, route } from '../route.ts'

export const actRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/act',
    who: 'person',
    takes: actRequest,
    gives: actReply,
    summary: 'Does one action of the product by name. `id` (a UUID of the caller’s) makes it safe to repeat.',
    answer: asked => act(asked as Asked<{ id: string; action: string; input: unknown }>)
  }),
  route({
    method: 'GET',
    path: '/v1/actions',
    who: 'device',
    summary: 'The actions there are, with who may do them and what they take.',
    answer: ({ office }) => ({
      actions: office.activities.flatMap(room => room.actions.map(({ name, where, roles }) => ({ name, where, roles })))
    })
  })
]

const act = async ({
  office,
  caller,
  body
}: Asked<{ id: string; action: string; input: unknown }>): Promise<ActReply> => {
  if (!isUuid(body.id)) throw new Problem(400, 'wrong-shape', 'The id of an action is a UUID that the caller makes.')
  const action = office.actionNamed(body.action)
  if (!action)
    throw new Problem(
      404,
      'unknown-action',
      `There is no action ${body.action.slice(0, 80)}.`,
      'GET /v1/actions lists them.'
    )
  const actor = actorOf(caller)
  const roles = caller.is === 'key' ? caller.roles : caller.is === 'device' ? (caller.person?.roles ?? []) : []
  const site = office.site.site
  return office.log.write(async work => {
    const [before] = await work.tx<
      { reply: ActReply; person: string }[]
    >`SELECT reply, person FROM act WHERE site_id = ${site} AND id = ${body.id}`
    if (before && before.person !== actor.person)
      throw new Problem(
        409,
        'wrong-shape',
        'This id belongs to an action of someone else.',
        'Make a new UUID for each action.'
      )
    if (before) return before.reply
    const answer = await office.act(work, action, body.input, actor, roles)
    if (isRefusal(answer))
      return { id: body.id, refused: answer.refused, sentence: office.say(answer), about: { ...answer.about } }
    const reply = { id: body.id, done: true as const, seq: answer.seq, events: [...answer.ids] }
    await work.tx`INSERT INTO act (site_id, id, person, reply) VALUES (${site}, ${body.id}, ${actor.person}, ${work.tx.json(reply)})`
    return reply
  })
}
