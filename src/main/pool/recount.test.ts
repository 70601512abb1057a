import { expect, test } from 'vitest'
import { methodContext } from '../../../tests/helpers/methodContext'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { NanTally } from '../artifacts/nanTally'
import { blobPath } from '../artifacts/blobStore'
import { writeScoreMaps } from '../artifacts/scoreMaps'
import type { PoolClient } from './poolClient'
import { recount, recountNan } from './recount'
import { runTask } from './tasks'

const folder = temporaryFolder()
const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }
const images = ['one', 'two', 'three'].map((stem, i) => ({
  ...{ id: i + 1, stem, path: stem, width: 4, height: 2, labels: [0, 3], sha256: stem },
}))

/** Two maps of 2 × 1 cells: [0.25, 1] and [NaN, 0], and the place of the blob. */
async function storedMaps() {
  const maps = Float32Array.of(0.25, 1, NaN, 0)
  const keys = Int32Array.of(0, 3)
  return (await writeScoreMaps(folder, { keys, maps, width: 2, height: 1, photoWidth: 4, photoHeight: 2 })).blob
}

async function interrupted() {
  const blob = await storedMaps()
  const existing = [
    { imageId: 3, kind: 'scores' as const, blob },
    { imageId: 1, kind: 'scores' as const, blob },
    { imageId: 2, kind: 'edges' as const, blob },
  ]
  return methodContext({ classes: [], images, hash: '', split: 'all' }, folder, { pool, existing }).context
}

test('stored maps tell their grid, the largest score of each and how many were no number', async () => {
  const path = blobPath(folder, await storedMaps())
  expect(await runTask('scoreFacts', { path })).toEqual({ width: 2, height: 1, largest: [1, 0], nan: 1 })
})

test('what was made before is gone through photo by photo, of one kind alone', async () => {
  const context = await interrupted()
  const seen: string[] = []
  await recount(context, 'scores', ({ stem }, path) => Promise.resolve(void seen.push(`${stem} ${path}`)))
  expect(seen).toEqual(['one', 'three'].map(stem => `${stem} ${blobPath(folder, context.existing[0]!.blob)}`))
})

test('scores that were no number are told of once more', async () => {
  const nans = new NanTally()
  await recountNan(nans, await interrupted())
  expect(nans.report(() => undefined)).toEqual({ nanScores: 2, nanPhotos: ['one', 'three'] })
})
