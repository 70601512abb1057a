import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { photoProject } from '../../../tests/helpers/photoProject'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { parseSuperpixels } from '../../shared/tensors/superpixelMap'
import { writeBlob } from '../artifacts/blobStore'
import { openProject } from '../db/open'
import { createWorkbench, type Workbench } from '../workbench'

const host = '127.0.0.1:7421'
const script = `console.log(${JSON.stringify('x'.repeat(4_000))})`
const folder = temporaryFolder()
const rendererFolder = join(folder, 'renderer')
let workbench: Workbench
let cookie: string
let blob: string
let key: string

beforeAll(async () => {
  process.env['MASKWRIGHT_STATE'] = join(folder, 'state')
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true })
  writeFileSync(
    join(rendererFolder, 'index.html'),
    '<meta nonce="__CSP_NONCE__" content="__EVENT_ID__"><p>the page</p>',
  )
  writeFileSync(join(rendererFolder, 'assets', 'index-1a2b.js'), script)
  writeFileSync(join(folder, 'secret.json'), '{"secret":true}')
  workbench = createWorkbench({ roots: [folder], rendererFolder })
  const project = openProject(join(folder, 'pets'), { create: true })
  blob = await writeBlob(project.blobFolder, Buffer.from('the bytes'), 'png')
  project.close()
  key = (await workbench.sessions.open(project.folder)).key
  cookie = await enter()
})
afterAll(() => workbench[Symbol.asyncDispose]())

interface Asked {
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What the door answers to a browser that is in. */
async function ask(path: string, { headers, ...init }: Asked = {}): Promise<Response> {
  return workbench.fetch(new Request(`http://${host}${path}`, { ...init, headers: { host, cookie, ...headers } }))
}

async function enter(): Promise<string> {
  const answer = await workbench.fetch(new Request(`http://${host}${workbench.newAddress()}`, { headers: { host } }))
  return answer.headers.get('set-cookie')!.split(';')[0]!
}

test('a token is exchanged for a cookie that scripts cannot read and other sites cannot use', async () => {
  const address = workbench.newAddress('/p/abc/runs')
  const token = /token=(.+)/.exec(address)![1]!
  const answer = await ask(`${address}&set=lpcam.tau%3D0.2`, { headers: { cookie: '' } })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/p/abc/runs?set=lpcam.tau%3D0.2')
  const given = answer.headers.get('set-cookie')!
  expect(given).toMatch(/^maskwright-7421=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(given).not.toContain(token)
  const again = await ask(address, { headers: { cookie: '' } })
  expect(again.status).toBe(401)
  expect(await again.text()).toMatch(/used already.*Press Enter where Maskwright runs/)
})

test('an address that was opened in a browser which is in already lets nobody else in', async () => {
  const address = workbench.newAddress('/projects')
  const answer = await ask(address)
  expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([303, '/projects', null]) // prettier-ignore
  expect((await ask(address, { headers: { cookie: '' } })).status).toBe(401)
  expect((await ask(address)).status).toBe(303) // a reload of who is in
})

test('an open redirect: a token on a path like //evil.example leads to our own page', async () => {
  const token = workbench.newAddress().split('=')[1]!
  const answer = await ask(`//evil.example/?token=${token}`, { headers: { cookie: '' } })
  expect(answer.headers.get('location')).toBe('/evil.example/')
})

test.each(['/', '/p/x/runs', '/api/projects.recent', `/bytes/x/blobs/${'0'.repeat(64)}.png`, '/assets/index-1a2b.js'])(
  'without a key %s is not answered',
  async path => {
    for (const wrong of ['', 'maskwright-7421=guess', cookie.replace('7421', '7422')]) {
      const answer = await ask(path, { headers: { cookie: wrong } })
      expect(answer.status).toBe(401)
      expect(await answer.text()).toContain('no key')
    }
  },
)

test('a person who is not let in sees a page, and nothing of the address is repeated on it', async () => {
  const answer = await ask('/?token=<script>alert(1)</script>', {
    headers: { cookie: '', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  })
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
  expect(await answer.text()).not.toContain('<script')
})

test('DNS rebinding, cross-site requests and foreign frames are refused though the cookie is right', async () => {
  const refused = [
    { host: 'evil.example:7421' },
    { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' },
  ] as readonly Readonly<Record<string, string>>[]
  for (const headers of refused) expect((await ask('/api/projects.recent', { headers })).status).toBe(403)
})

test.each([
  [{ seed: 9_999_999_999 }, 'seed must be ≤ 2147483647, got 9999999999.'],
  [{ seed: 1, recipe: { title: 1, steps: [] } }, 'recipe.title must be a text, got 1.'],
  [{}, 'seed is missing: it must be a number.'],
])('a request out of bounds is refused in a sentence: %j', async (wrong, message) => {
  const body = JSON.stringify({ project: key, recipe: { title: 'CAM', steps: [] }, ...wrong })
  const headers = { 'content-type': 'application/json' }
  const answer = await ask('/api/recipes.estimate', { method: 'POST', headers, body })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: { data: { workbench: { code: 'USAGE', message } } } })
})

test('a request that changes something is not answered as a GET, which any link can make', async () => {
  const input = encodeURIComponent(JSON.stringify({ folder: '/' }))
  expect((await ask(`/api/projects.open?input=${input}`)).status).toBe(405)
})

test('every answer carries the policies of the browser, also a refusal', async () => {
  for (const answer of [await ask('/'), await ask('/', { headers: { host: 'evil.example' } }), await ask('/api/x')]) {
    const policy = answer.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  }
})

test('the page has a nonce of its own answer, says where its events begin, and is not kept', async () => {
  const [first, second] = [await ask('/p/deep/address'), await ask('/')]
  const nonce = /'nonce-([^']+)'/.exec(first.headers.get('content-security-policy')!)![1]!
  const page = await first.text()
  expect(page).toContain(`nonce="${nonce}"`)
  expect(page).toMatch(/content="[0-9a-f]{8}-\d+"/)
  expect(await second.text()).not.toContain(nonce)
  expect(first.headers.get('cache-control')).toBe('no-store')
})

test('a file with a hash in its name is zipped and kept for ever', async () => {
  const answer = await ask('/assets/index-1a2b.js', { headers: { 'accept-encoding': 'gzip, br' } })
  expect(answer.headers.get('cache-control')).toContain('immutable')
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(bytes.length).toBeLessThan(200)
  expect(gunzipSync(bytes).toString()).toBe(script)
  expect(await (await ask('/assets/index-1a2b.js')).text()).toBe(script)
})

test.each(['/..%2fsecret.json', '/assets/..%2f..%2fsecret.json', '/%2e%2e%2fsecret.json', '/..%5csecret.json'])(
  'path escape: %s does not reach files outside the window',
  async path => expect((await ask(path)).status).toBe(400),
)

test('a file that does not exist is not answered with the page', async () => {
  expect((await ask('/assets/index-gone.js')).status).toBe(404)
  expect((await ask('/bytes/x/nothing')).status).toBe(404)
})

test('a blob never changes: it is kept for ever and answered in a word when it is known', async () => {
  const path = `/bytes/${key}/blobs/${blob}`
  const answer = await ask(path)
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['image/png', 'the bytes'])
  const tag = answer.headers.get('etag')!
  expect(tag).toBe(`"${blob.slice(0, 64)}"`)
  expect((await ask(path, { headers: { 'if-none-match': tag } })).status).toBe(304)
})

test('bytes that are not there are a sentence with its status, and nobody remembers it', async () => {
  const absent = await ask(`/bytes/${key}/blobs/${'0'.repeat(64)}.png`)
  expect([absent.status, await absent.text()]).toEqual([404, 'This project has no such blob.'])
  expect(absent.headers.get('cache-control')).toBe('no-store')
  const unknown = await ask(`/bytes/nobody/blobs/${blob}`)
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('This project is not known')])
  expect((await ask(`/bytes/${key}/blobs/project.sqlite`)).status).toBe(404)
})

test('a blob that is there and cannot be read is not called absent, and no browser keeps the answer', async () => {
  const name = `${'1'.repeat(64)}.png`
  mkdirSync(join(folder, 'pets', 'blobs', '11', name), { recursive: true }) // in the place of the file
  const answer = await ask(`/bytes/${key}/blobs/${name}`)
  expect([answer.status, answer.headers.get('etag')]).toEqual([422, null])
  expect(answer.headers.get('cache-control') ?? '').not.toContain('immutable')
  expect(await answer.text()).toMatch(/^Cannot read .*EISDIR/)
})

test('superpixels cover the photo; a browser that has them is told so, and nonsense is a sentence', async () => {
  const { folder } = await photoProject(['cat'], [{ stem: 'one', present: [0] }])
  const { key: project } = await workbench.sessions.open(folder)
  const address = `/bytes/${project}/superpixels/1?spacing=10`
  const answer = await ask(address)
  const map = parseSuperpixels(new Uint8Array(await answer.arrayBuffer()), 'the answer')
  expect([map.width, map.height, new Set(map.ids).size]).toEqual([60, 40, map.count])
  const again = await ask(address, { headers: { 'if-none-match': answer.headers.get('etag')! } })
  expect(again.status).toBe(304)
  const refused = await ask(`/bytes/${project}/superpixels/1?spacing=1`)
  expect([refused.status, await refused.text()]).toEqual([400, 'superpixels.spacing must be ≥ 4, got "1".'])
  await workbench.sessions.close(project)
})

test('a body of more than a megabyte is refused, and so are 65 requests at once', async () => {
  const json = { 'content-type': 'application/json' }
  const large = JSON.stringify({ folder: 'x'.repeat(1 << 20) })
  expect((await ask('/api/projects.open', { method: 'POST', headers: json, body: large })).status).toBe(413)
  const many = Array.from({ length: 65 }, () => 'projects.recent').join(',')
  expect((await ask(`/api/${many}?batch=1`)).status).toBe(400)
})

test('the event stream begins after the id that a tab heard last', async () => {
  const page = await (await ask('/')).text()
  const lastEventId = /content="([^"]+)"/.exec(page)![1]!
  await workbench.sessions.close(key)
  const stop = new AbortController()
  const input = encodeURIComponent(JSON.stringify({ lastEventId }))
  const stream = await workbench.fetch(
    new Request(`http://${host}/api/events?input=${input}`, { headers: { host, cookie }, signal: stop.signal }),
  )
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  let heard = ''
  for await (const chunk of stream.body!) {
    heard += Buffer.from(chunk).toString()
    if (/^id: /m.test(heard)) break
  }
  expect(heard).toMatch(new RegExp(`data: {"type":"projects"}\nid: ${lastEventId.split('-')[0]}-\\d+`))
  stop.abort()
})

test('a stream on which nothing happens says every 15 seconds that it is not cut', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  try {
    const leave = new AbortController()
    const headers = { host, cookie }
    const stream = await workbench.fetch(new Request(`http://${host}/api/events`, { headers, signal: leave.signal }))
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    const hear = async () => {
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) heard += piece.value
    }
    const hearing = hear()
    await vi.advanceTimersByTimeAsync(14_999)
    expect(heard).not.toContain('event: ping')
    await vi.advanceTimersByTimeAsync(1)
    for (let turn = 0; turn < 100 && !heard.includes('event: ping'); turn++) await setImmediate()
    expect(heard).toMatch(/event: connected[^]*event: ping/)
    leave.abort()
    await reader.cancel()
    await hearing
  } finally {
    vi.useRealTimers()
  }
})
