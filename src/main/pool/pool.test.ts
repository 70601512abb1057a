import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildFixture } from '../../../tests/helpers/buildFixture'
import { golden } from '../../../tests/helpers/golden'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { createPool, type Pool } from './pool'
import { blobPath } from '../artifacts/blobStore'
import { writeScoreMaps } from '../artifacts/scoreMaps'
import { connectPool, servePool } from './relay'

const folder = temporaryFolder()
const photo = join(folder, 'photo.jpg')
let script: string
let pool: Pool

beforeAll(async () => {
  await writeFile(
    photo,
    Buffer.from(golden<Record<string, { file: string }>>('photos.json')['jpeg 4:4:4']!.file, 'base64'),
  )
  script = await buildFixture('src/main/pool/poolWorker.ts')
  pool = createPool({ threads: 2, script })
})
afterAll(() => pool.close())

const decode = { path: photo, longestSide: null, scales: [1, 2] }

/** Runs a check with the pool itself and with the relay to it. */
async function relayed(check: (client: ReturnType<typeof connectPool>, end: () => void) => Promise<void>) {
  const { port1, port2 } = new MessageChannel()
  servePool(pool, port1)
  try {
    await check(connectPool(port2, pool.threads), () => port1.close())
  } finally {
    port1.close()
  }
}

test('a task runs in a thread and its typed arrays come back', async () => {
  const { images, photoWidth } = await pool.run('decodeScales', decode)
  expect(photoWidth).toBe(37)
  expect(images.map(({ data }) => data.length)).toEqual([37 * 26 * 3, 74 * 52 * 3])
  expect(images[0]!.data).toBeInstanceOf(Uint8Array)
})

test('more tasks than threads all end', async () => {
  const results = await Promise.all(Array.from({ length: 20 }, () => pool.run('decodeScales', decode)))
  expect(results.every(({ photoWidth }) => photoWidth === 37)).toBe(true)
})

test('an error keeps its code and its sentence', async () => {
  const missing = { code: 'FILE_UNREADABLE', message: expect.stringContaining('gone.jpg is missing') as string }
  const task = { ...decode, path: join(folder, 'gone.jpg') }
  await expect(pool.run('decodeScales', task)).rejects.toMatchObject(missing)
  await relayed(async client => expect(client.run('decodeScales', task)).rejects.toMatchObject(missing))
})

test('the relay gives what the pool gives', async () => {
  await relayed(async client => {
    expect(client.threads).toBe(2)
    expect(await client.run('decodeScales', decode)).toEqual(await pool.run('decodeScales', decode))
  })
})

test('an aborted signal rejects at once, before and during a task', async () => {
  await expect(pool.run('decodeScales', decode, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  const both = async (client: Pick<Pool, 'run'>) => {
    const abort = new AbortController()
    const runs = Array.from({ length: 6 }, () => client.run('decodeScales', decode, abort.signal))
    abort.abort()
    for (const run of runs) await expect(run).rejects.toMatchObject({ name: 'AbortError' })
  }
  await both(pool)
  await relayed(both)
  // The places of the aborted are free again.
  expect((await pool.run('decodeScales', decode)).photoWidth).toBe(37)
})

test('the threads outlive an abort', async () => {
  const abort = new AbortController()
  const run = pool.run('decodeScales', { ...decode, scales: [40] }, abort.signal)
  setTimeout(() => abort.abort(), 20)
  await expect(run).rejects.toMatchObject({ name: 'AbortError' })
  const results = await Promise.all(Array.from({ length: 4 }, () => pool.run('decodeScales', decode)))
  expect(results).toHaveLength(4)
})

test('a long task looks at its stop flag: a million updates end with their caller', async () => {
  const maps = { keys: Int32Array.of(0), maps: Float32Array.of(0.2, 0.9), width: 2, height: 1, photoWidth: 37, photoHeight: 26 } // prettier-ignore
  const scores = blobPath(folder, (await writeScoreMaps(folder, maps)).blob)
  const settings = { iterations: 1e6, spatial: { sigma: 3, weight: 3 }, bilateral: { sigmaXy: 50, sigmaRgb: 5, weight: 10 } } // prettier-ignore
  const input = { photo, scores, threshold: 0.5, evidence: { kind: 'labels', confidence: 0.7 }, settings, longestSide: null, blobFolder: folder } as const // prettier-ignore
  const short = createPool({ threads: 1, script })
  const abort = new AbortController()
  const run = short.run('crfMask', input, abort.signal)
  setTimeout(() => abort.abort(), 300)
  await expect(run).rejects.toMatchObject({ name: 'AbortError' })
  await short.close() // waits for what still runs
})

test('when the port closes, waiting callers are told and new ones are refused', async () => {
  await relayed(async (client, end) => {
    const run = client.run('decodeScales', { ...decode, scales: [40] })
    end()
    await expect(run).rejects.toThrow('the pool has gone away')
    await expect(client.run('decodeScales', decode)).rejects.toThrow('the pool has gone away')
  })
})

test('a closed pool refuses tasks', async () => {
  const short = createPool({ threads: 1, script })
  const first = short.run('decodeScales', decode)
  const waiting = short.run('decodeScales', decode)
  await new Promise(setImmediate)
  const closing = short.close()
  await expect(waiting).rejects.toThrow('the pool is closed')
  expect((await first).photoWidth).toBe(37)
  await closing
  await expect(short.run('decodeScales', decode)).rejects.toThrow('the pool is closed')
})
