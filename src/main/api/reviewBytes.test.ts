import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reviewProject } from '../../../tests/helpers/reviewProject'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { decodeStrokes } from '../../shared/contract/strokeJournal'
import { encodeDelta } from '../../shared/raster/labelDelta'
import { blobPath } from '../artifacts/blobStore'
import { decodeLabelPng } from '../media/labelPng'
import { createWorkbench, type Workbench } from '../workbench'

const host = '127.0.0.1:7421'
const size = { width: 4, height: 4 }
const whole = new Uint8Array(16).fill(1)
/** Gives all pixels a label that were background, on a photo of this size. */
function stroke(label: number, on = size): Uint8Array {
  const pixels = on.width * on.height
  const before = { index: 0, before: new Uint8Array(pixels), top: 0, bottom: on.height }
  return encodeDelta('brush', new Uint8Array(pixels).fill(label), on, [before])!.bytes
}
let workbench: Workbench
let cookie: string
let key: string
let blobFolder: string

beforeAll(async () => {
  const folder = temporaryFolder()
  process.env['MASKWRIGHT_STATE'] = folder
  const photos = ['a', 'b', 'c', 'd'].map(stem => ({ stem, labels: [0], mask: new Uint8Array(16) }))
  const { project } = await reviewProject(['cat'], size, photos)
  blobFolder = project.blobFolder
  project.close()
  workbench = createWorkbench({ roots: [folder], rendererFolder: folder })
  key = (await workbench.sessions.open(project.folder)).key
  const answer = await workbench.fetch(new Request(`http://${host}${workbench.newAddress()}`, { headers: { host } }))
  cookie = answer.headers.get('set-cookie')!.split(';')[0]!
})
afterAll(() => workbench[Symbol.asyncDispose]())

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { host, cookie, ...(init.headers as Record<string, string> | undefined) }
  return workbench.fetch(new Request(`http://${host}/bytes/${key}/photos/${path}`, { ...init, headers }))
}
const put = (path: string, body: Uint8Array, headers: Record<string, string> = {}) =>
  ask(path, { method: 'PUT', body: new Uint8Array(body), headers })

test('strokes go in one by one and come back as they were', async () => {
  const first = await put('1/strokes?version=0&revision=0', stroke(1))
  expect(await first.json()).toMatchObject({ mask: { version: 0 }, journal: { revision: 1, position: 1, saved: 0 } })
  await put('1/strokes?version=0&revision=1', stroke(255))
  const strokes = decodeStrokes(new Uint8Array(await (await ask('1/strokes')).arrayBuffer()))
  expect(strokes.map(({ place, delta }) => [place, ...delta])).toEqual([
    [1, ...stroke(1)],
    [2, ...stroke(255)],
  ])
})

test.each([
  ['2', {}, whole],
  ['3', { 'content-encoding': 'gzip' }, new Uint8Array(gzipSync(whole))],
])('a label map is stored and accepted in one request (photo %s)', async (image, headers, body) => {
  const saved = await put(`${image}/mask?version=0&revision=0&decision=accept`, body, headers)
  const { mask } = (await saved.json()) as { mask: { blob: string } }
  expect(mask).toMatchObject({ version: 1, state: 'edited', edited: true })
  expect(decodeLabelPng(readFileSync(blobPath(blobFolder, mask.blob)), 'mask')).toEqual({ labels: whole, ...size })
})

test('who was not first gets 409 and what stands now', async () => {
  await put('4/strokes?version=0&revision=0', stroke(1))
  const late = await put('4/mask?version=0&revision=0', whole)
  expect(late.status).toBe(409)
  expect(await late.json()).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('another window'),
    mask: { version: 0, state: 'unreviewed' },
    journal: { revision: 1, position: 1 },
  })
})

test.each([
  ['1/mask?version=0&revision=2', new Uint8Array(15), {}, 400, /15 pixels does not fit photo a of 4×4/],
  ['1/mask?version=0&revision=2', new Uint8Array(16).fill(9), {}, 400, /16 pixels of label 9/],
  ['1/mask?version=0&revision=2', whole, { 'content-encoding': 'gzip' }, 400, /did not arrive whole/],
  ['1/mask?version=0&revision=2', whole, { 'content-encoding': 'br' }, 422, /plain or as gzip, not as br/],
  ['1/strokes?version=0&revision=2', Uint8Array.of(1, 2, 3), {}, 400, /did not arrive whole/],
  ['1/strokes?version=0&revision=2', stroke(1).subarray(0, -1), {}, 400, /checksum.*Draw it again/],
  [
    '1/strokes?version=0&revision=2',
    stroke(1, { width: 8, height: 2 }),
    {},
    400,
    /on 8×2 pixels does not fit photo a of 4×4/,
  ],
  ['1/mask?version=x', whole, {}, 400, /version/],
  ['99/mask?version=0&revision=0', whole, {}, 404, /no photo 99/],
  ['1/mask?version=0&revision=2&run=7&step=masks', whole, {}, 404, /no run 7/],
])('%s with %s is refused and changes nothing', async (path, body, headers, status, message) => {
  const answer = await put(path, body, headers as Record<string, string>)
  expect(answer.status).toBe(status)
  expect(((await answer.json()) as { message: string }).message).toMatch(message)
})
