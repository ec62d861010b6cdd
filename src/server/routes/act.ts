/** Decisions: asked of the office, decided once, answered again when asked again. */
import type { ActReply } from '#sync/protocol.ts'
import { actReply, actRequest } from '#sync/protocol.ts'
import { isUuid } from '#kernel/id.ts'
import { decideOnce } from '../decide.ts'
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
  return decideOnce(
    office.log,
    { id: body.id, person: actor.person },
    work => office.act(work, action, body.input, actor, roles),
    office.say
  )
}
