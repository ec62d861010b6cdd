import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { samplePlant } from './crew.ts'

const asked: string[] = []
const servers: ReturnType<typeof createServer>[] = []
const answering = async (site: object): Promise<string> => {
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '')
    reply.setHeader('content-type', 'application/json').end(JSON.stringify(site))
  })
  servers.push(server)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

afterEach(() => {
  asked.length = 0
  for (const server of servers.splice(0)) server.close()
})

test('simulated people do not work in a plant that is somebody’s own', async () => {
  const url = await answering({ name: 'Marlow Works', sample: false, ready: true, seal: '' })
  await expect(samplePlant(url)).rejects.toThrow('Marlow Works is no sample plant')
  expect(asked).toEqual(['/v1/site'])
})

test('where nothing answers, it says what to start', async () => {
  await expect(samplePlant('http://127.0.0.1:9')).rejects.toThrow('Start Jobcard first: npm start')
})
