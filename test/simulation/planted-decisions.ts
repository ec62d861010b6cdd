/** Bugs around decisions and sign-in, planted in the line and in the database. */
import type { Plant } from './plant.ts'

const SESSION = 'x-jobcard-session'

/** Questions to one address, changed on their way; and the answers, by what was asked. */
const at =
  (
    path: string,
    asking: (body: Record<string, unknown>) => unknown,
    reading: (reply: unknown, body: Record<string, unknown>) => unknown = reply => reply
  ): NonNullable<Plant['fetch']> =>
  fetch =>
  async (address, init) => {
    if (!address.endsWith(path)) return fetch(address, init)
    const body = JSON.parse(String(init.body)) as Record<string, unknown>
    const response = await fetch(address, { ...init, body: JSON.stringify(asking(body)) })
    const { ok, status, headers } = response
    return { ok, status, headers, json: async () => reading(await response.json(), body) } as unknown as Response
  }

export const OF_DECISIONS: readonly (Plant & { readonly name: string })[] = [
  {
    name: 'asks for a decision again by another id',
    fetch: (fetch, station, office) => {
      let times = 0
      const other = (id: unknown) => `${String(id).slice(0, -3)}${String(++times % 1000).padStart(3, '0')}`
      const back = (reply: unknown, { id }: Record<string, unknown>) => ({ ...(reply as object), id })
      return at('/v1/act', body => ({ ...body, id: other(body['id']) }), back)(fetch, station, office)
    }
  },
  {
    name: 'believes the answer to another decision',
    fetch: at(
      '/v1/act',
      body => body,
      (reply, { id }) => ({ ...(reply as object), id })
    )
  },
  {
    name: 'believes the answer to another sign-in',
    fetch: at(
      '/v1/sign-in',
      body => body,
      (reply, { ask, person }) => ({ ...(reply as object), ask, person })
    )
  },
  {
    name: 'asks in the name of whoever holds the tablet by then',
    fetch: fetch => {
      let session: string | undefined
      return async (address, init) => {
        const acts = session !== undefined && address.endsWith('/v1/act')
        const headers = {
          ...(init.headers as Readonly<Record<string, string>>),
          ...(acts ? { [SESSION]: session } : {})
        }
        const response = await fetch(address, { ...init, headers } as RequestInit)
        if (!address.endsWith('/v1/sign-in') || !response.ok) return response
        const json = async () => {
          const reply = (await response.json()) as { readonly session: string }
          session = reply.session
          return reply
        }
        return { ok: true, status: 200, headers: response.headers, json } as unknown as Response
      }
    }
  },
  {
    name: 'forgets what it has refused',
    tx: tx => ({ ...tx, keepAct: async (id, acted) => ('refused' in acted.reply ? undefined : tx.keepAct(id, acted)) })
  },
  {
    name: 'forgets what it has decided',
    tx: tx => ({ ...tx, acted: async () => undefined })
  },
  {
    name: 'calls refused what an office in trouble did not answer',
    fetch: fetch => async (address, init) => {
      const response = await fetch(address, init)
      return address.endsWith('/v1/act') && response.status >= 500
        ? ({ ...response, headers: response.headers, status: 400, ok: false } as Response)
        : response
    }
  }
]
