import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { golden } from '../../../../tests/helpers/golden'
import { methodContext } from '../../../../tests/helpers/methodContext'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { blobPath } from '../../artifacts/blobStore'
import { readScoreMaps, writeScoreMaps } from '../../artifacts/scoreMaps'
import type { PoolClient } from '../../pool/poolClient'
import { runTask } from '../../pool/tasks'
import { exportOf } from '../../../../tests/helpers/exportOf'
import { encodeNpyDict } from '../../weights/npy'
import type { NamedTensor } from '../../../shared/tensors/tensors'
import type { ImageArtifact } from '../context'
import { importOptions } from './options'
import { run } from './run'

const photo = (id: number, stem: string) => {
  return { id, stem, path: `/photos/${stem}.jpg`, width: 6, height: 4, labels: [0], sha256: stem }
}
const dataset = { classes: ['cat', 'dog'], images: [photo(1, 'a'), photo(2, 'b')], split: 'all', hash: 'hash' }

let folder: string
let blobs: string
beforeEach(() => {
  folder = temporaryFolder()
  blobs = temporaryFolder()
})

const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }

async function imported(options: object = {}, existing: readonly ImageArtifact[] = []) {
  const { context, artifacts, log } = methodContext(dataset, blobs, { existing, pool })
  const { summary } = await run(importOptions.parse({ folder, ...options }), context)
  const maps = await Promise.all(artifacts.map(({ blob }) => readScoreMaps(blobPath(blobs, blob))))
  return { summary, artifacts, maps, log }
}

const tensor = (shape: number[], ...values: number[]) =>
  ({ dtype: 'F32', shape, data: Float32Array.from(values) }) as const
const keys = (...values: number[]) => ({ dtype: 'I32', shape: [values.length], data: Int32Array.from(values) }) as const

function writeCam(stem: string, entries: Readonly<Record<string, NamedTensor>>): void {
  writeFileSync(join(folder, `${stem}.npy`), encodeNpyDict(new Map(Object.entries(entries)), { keyStyle: 'str' }))
}

test('exported CAMs come back as the same score maps', async () => {
  const size = { width: 2, height: 1, photoWidth: 6, photoHeight: 4 }
  const two = { ...size, keys: Int32Array.of(0, 1), maps: Float32Array.of(0, 1, 0.5, 0.25) }
  const none = { ...size, keys: new Int32Array(), maps: new Float32Array() }
  const stored = await Promise.all([two, none].map(maps => writeScoreMaps(blobs, maps)))
  const images = stored.map(({ blob }, i) => ({ stem: 'ab'[i]!, blob: blobPath(blobs, blob) }))
  await exportOf('cams', { out: folder, photos: images })
  const { artifacts, summary } = await imported()
  expect(artifacts).toEqual(stored.map(({ blob }, i) => ({ imageId: i + 1, kind: 'scores', blob })))
  expect(summary).toEqual({ photos: 2, skipped: [] })
})

test('CAMs of another list of classes follow its names, and other classes’ maps are left out', async () => {
  writeCam('a', { keys: keys(2, 0, 1), cam: tensor([3, 1, 2], 0.1, 0.2, 0.3, 0.4, 0.5, 0.6) })
  await expect(imported()).rejects.toThrow(/has maps of class 2, and 2 classes are known/)
  const { maps, log } = await imported({ classes: ['dog', 'cow', 'cat'] })
  expect([...maps[0]!.keys]).toEqual([0, 1])
  expect([...maps[0]!.maps]).toEqual([0.1, 0.2, 0.3, 0.4].map(x => expect.closeTo(x, 3) as number))
  expect(log).toEqual([`b has no score maps: there is no file ${join(folder, 'b.npy')}`])
})

test('CAMs with high_res alone are shrunk to a quarter', async () => {
  writeCam('a', { keys: keys(1), high_res: tensor([1, 4, 6], ...new Array<number>(24).fill(0.5)) })
  const { maps } = await imported()
  expect(maps[0]).toMatchObject({ width: 2, height: 1, keys: Int32Array.of(1), maps: Float32Array.of(0.5, 0.5) })
})

test('CAMs as IRN saves them, with tensors of PyTorch, are read', async () => {
  const { file } = golden<{ file: string }>('irnCams.json')
  writeFileSync(join(folder, 'a.npy'), Buffer.from(file, 'base64'))
  const { maps } = await imported()
  expect(maps[0]).toMatchObject({ width: 2, height: 1, keys: Int32Array.of(0, 1) })
  expect([...maps[0]!.maps]).toEqual([0.25, 0.5, 0.75, 1])
})

test('scores that are no number are counted, named and told, and the masks made from them say so too', async () => {
  writeCam('a', { keys: keys(0), cam: tensor([1, 1, 2], NaN, 0.5) })
  writeCam('b', { keys: keys(0), cam: tensor([1, 1, 2], 0.5, 0.5) })
  const { summary, log, artifacts } = await imported()
  expect(summary).toMatchObject({ photos: 2, nanScores: 1, nanPhotos: ['a'] })
  expect(log.join()).toContain('1 score of 1 photo (a) was no number and counts as 0')
  const mask = { scores: blobPath(blobs, artifacts[0]!.blob), threshold: 0.3, blobFolder: blobs }
  expect((await runTask('labelMap', mask)).nan).toBe(1)
})

test('what an interrupted run took over is not read again', async () => {
  writeCam('a', { keys: keys(0), cam: tensor([1, 1, 1], NaN) })
  writeCam('b', { keys: keys(0), cam: tensor([1, 1, 1], 0.5) })
  const whole = await imported()
  writeCam('a', { keys: keys(0), cam: tensor([1, 1, 1], 0.25) })
  const { artifacts, summary } = await imported({}, whole.artifacts.slice(0, 1))
  expect(artifacts.map(({ imageId }) => imageId)).toEqual([2])
  expect(summary).toEqual(whole.summary)
})

test.each([
  ['no maps', { keys: keys(0) }, /neither cam nor high_res/],
  ['no keys', { cam: tensor([1, 1, 1], 0) }, /no list of class indices/],
  ['too few maps', { keys: keys(0, 1), cam: tensor([1, 1, 1], 0) }, /cam is no stack of 2 maps/],
  ['a class twice', { keys: keys(1, 1), cam: tensor([2, 1, 1], 0, 0) }, /names a class twice/],
  ['another photo’s size', { keys: keys(0), high_res: tensor([1, 1, 1], 0) }, /are 1×1, the photo is 6×4/],
  ['scores beyond 1', { keys: keys(0), cam: tensor([1, 1, 1], 1.5) }, /holds the score 1.5/],
])('CAMs with %s are listed with the reason', async (_, entries, reason) => {
  writeCam('a', entries)
  writeCam('b', { keys: keys(0), cam: tensor([1, 1, 1], 0.5) })
  const { artifacts, summary } = await imported()
  expect(artifacts).toHaveLength(1)
  expect(summary).toMatchObject({
    photos: 1,
    skipped: [{ stem: 'a', reason: expect.stringMatching(reason) as string }],
  })
})

test('a folder that is not named, or that has nothing, is refused', async () => {
  await expect(imported({ folder: '' })).rejects.toThrow('--set import.folder=DIR')
  await expect(imported()).rejects.toThrow('has score maps for none of the 2 photos')
})
