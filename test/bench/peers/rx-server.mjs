/** `rx-server.mjs PORT`: what RxDB's replication asks of a server, as its pages describe it, with the documents in memory. */
import { createServer } from 'node:http'

const [port] = process.argv.slice(2)
/** Each collection's documents by id, in the order of their last change. */
const collections = new Map()

const bodyOf = async request => {
  const parts = []
  for await (const part of request) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString('utf8'))
}

/** Takes what starts from the state that is here, and answers the documents that do not. */
const push = (documents, rows) => {
  const conflicts = []
  for (const { newDocumentState: next, assumedMasterState: assumed } of rows) {
    const here = documents.get(next.id)
    if (here && JSON.stringify(here) !== JSON.stringify(assumed ?? null)) conflicts.push(here)
    else {
      documents.delete(next.id)
      documents.set(next.id, next)
    }
  }
  return conflicts
}

const pull = (documents, after, limit) => {
  const page = [...documents.values()].slice(after, after + limit)
  return { documents: page, checkpoint: { after: after + page.length } }
}

createServer(async (request, response) => {
  try {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost')
    const documents = collections.get(pathname) ?? new Map()
    collections.set(pathname, documents)
    const answer =
      request.method === 'POST'
        ? push(documents, await bodyOf(request))
        : pull(documents, Number(searchParams.get('after')), Number(searchParams.get('limit')))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer))
  } catch {
    // A line that was cut in the middle of a question.
    response.statusCode = 400
    response.end()
  }
}).listen(Number(port), '127.0.0.1')
