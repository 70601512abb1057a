import { expect, test } from 'vitest'
import { methodContext } from '../../../../tests/helpers/methodContext'
import { squareMask, squareScores, squareSize, writeSquarePhoto } from '../../../../tests/helpers/squarePhoto'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { blobPath } from '../../artifacts/blobStore'
import { readLabelMap, writeLabelMap } from '../../artifacts/labelMaps'
import { writeScoreMaps } from '../../artifacts/scoreMaps'
import type { PoolClient } from '../../pool/poolClient'
import { runTask } from '../../pool/tasks'
import type { ImageArtifact } from '../context'
import { confidentOptions } from './options'
import { run } from './run'

const folder = temporaryFolder()
const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }

const photo = await writeSquarePhoto(folder)

async function scoresOf({ id: imageId, labels }: DatasetImage): Promise<ImageArtifact> {
  return { imageId, kind: 'scores', blob: (await writeScoreMaps(folder, squareScores(labels))).blob }
}

/** The step's context for these photos. @param existing what it made before it was interrupted */
async function contextOf(images: readonly DatasetImage[], existing: readonly ImageArtifact[] = []) {
  const dataset = { classes: ['a', 'b', 'c', 'd', 'e'], images, hash: '', split: 'all' }
  const artifacts = await Promise.all(images.map(scoresOf))
  const scores = { step: 'seeds', method: 'import', outputs: ['scores' as const], folder, options: {}, artifacts }
  return methodContext(dataset, folder, { pool, inputs: { scores }, existing })
}

async function labelsOf(artifacts: readonly ImageArtifact[], image: DatasetImage): Promise<Uint8Array> {
  const { blob } = artifacts.find(({ imageId }) => imageId === image.id)!
  return (await readLabelMap(blobPath(folder, blob))).labels
}

async function confident(set: object, image: DatasetImage = photo) {
  const recorded = await contextOf([image])
  const { summary } = await run(confidentOptions.parse(set), recorded.context)
  return { labels: await labelsOf(recorded.artifacts, image), summary, log: recorded.log.join('\n') }
}

const has = (labels: Uint8Array, label: number) => labels.filter(value => value === label).length

test('between the thresholds nothing is decided; without a field that is a ring around the class', async () => {
  const { labels, summary, log } = await confident({ foreground: 0.6, background: 0.2, iterations: 0 })
  const at = (x: number, y: number) => labels[y * squareSize.width + x]
  expect([at(24, 18), at(24, 5), at(2, 2)]).toEqual([5, 255, 0])
  expect(has(labels, 5) + has(labels, 255) + has(labels, 0)).toBe(48 * 36)
  expect(summary).toMatchObject({ photos: 1, foreground: 0.6, background: 0.2 })
  expect(log).toMatch(/\d+\.\d % surely show a class.*stay undecided/)
})

test('the field draws both readings to the square that they lie on', async () => {
  const { labels } = await confident({ foreground: 0.6, background: 0.45 })
  expect(labels).toEqual(squareMask)
})

test('a field on a smaller photo gives labels of the photo’s size', async () => {
  const { labels } = await confident({ foreground: 0.6, background: 0.45, longestSide: 32 })
  const wrong = labels.filter((label, pixel) => label !== squareMask[pixel])
  expect(labels).toHaveLength(48 * 36)
  expect(wrong.length).toBeLessThan(2 * 64)
})

test('a photo that is smaller than the field may be is worked as it is', async () => {
  const set = { foreground: 0.6, background: 0.45 }
  const alone = await confident({ ...set, longestSide: null })
  expect(confidentOptions.parse({}).longestSide).toBe(1024)
  expect((await confident(set)).labels).toEqual(alone.labels)
  expect((await confident({ ...set, longestSide: 4096 })).labels).toEqual(alone.labels)
})

test('a photo without a class is all background', async () => {
  const bare = { ...photo, id: 2, stem: 'bare', labels: [] }
  const { context, artifacts } = await contextOf([photo, bare])
  const { summary } = await run(confidentOptions.parse({ iterations: 2 }), context)
  expect(await labelsOf(artifacts, bare)).toEqual(new Uint8Array(48 * 36))
  expect((await labelsOf(artifacts, photo)).some(label => label === 5)).toBe(true)
  expect(summary).toMatchObject({ photos: 2 })
})

test('a resumed step tells of all photos, and is refused again where it was refused', async () => {
  const images = [photo, { ...photo, id: 2, stem: 'other' }, { ...photo, id: 3, stem: 'bare', labels: [] }]
  const options = confidentOptions.parse({ foreground: 0.6, background: 0.2, iterations: 0 })
  const whole = await contextOf(images)
  const made = await run(options, whole.context)
  const resumed = await contextOf(images, whole.artifacts.slice(0, 2))
  expect(await run(options, resumed.context)).toEqual(made)
  expect(resumed.artifacts).toHaveLength(1)
  expect(resumed.log).toEqual(whole.log)

  const high = confidentOptions.parse({ foreground: 1, iterations: 0 })
  const failed = await contextOf(images)
  const sentence = await run(high, failed.context).catch((error: Error) => error.message)
  expect(sentence).toContain('In none of the 3 photos')
  const again = await contextOf(images, failed.artifacts)
  await expect(run(high, again.context)).rejects.toThrow(sentence as string)
})

test('thresholds that are not given lie around the one that makes the best masks', async () => {
  const truth = blobPath(folder, await writeLabelMap(folder, { labels: squareMask, ...squareSize }))
  const { summary } = await confident({ iterations: 0 }, { ...photo, truth })
  const { masksThreshold, foreground, background } = summary as Record<string, number>
  expect(foreground).toBeCloseTo(masksThreshold! + 0.15, 6)
  expect(background).toBeCloseTo(masksThreshold! - 0.05, 6)
  expect((await confident({})).summary).toMatchObject({ foreground: 0.45, background: 0.25, chosenOn: 'fixed' })
})

test('a threshold that leaves nothing sure is refused by its name, with the largest score', async () => {
  await expect(confident({ foreground: 1 })).rejects.toThrow(
    /In none of the 1 photos.*confident.foreground is 1, the largest score anywhere (1.00|0.\d\d)/,
  )
})

test('maps without a score above 0 are refused by the step that made them: no lower threshold would help', async () => {
  const bare = { ...photo, labels: [] }
  const sentence = /In none of the 1 photos does a class have a score above 0.* step "seeds" made/
  await expect(confident({ iterations: 0 }, bare)).rejects.toThrow(sentence)
  await expect(confident({ iterations: 0, foreground: 0, background: 0 }, bare)).rejects.toThrow(sentence)
})

test('background above foreground is refused, before anything runs where both are given', async () => {
  const parsed = confidentOptions.safeParse({ foreground: 0.2, background: 0.4 })
  expect(parsed.error?.issues[0]).toMatchObject({ path: ['background'] })
  await expect(confident({ foreground: 0.1 })).rejects.toThrow(
    'confident.foreground 0.1 lies below confident.background 0.25',
  )
})
