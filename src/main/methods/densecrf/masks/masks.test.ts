import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { methodContext } from '../../../../../tests/helpers/methodContext'
import {
  drawnLabels,
  squareMask,
  squareScores,
  squareSize,
  writeSquarePhoto,
} from '../../../../../tests/helpers/squarePhoto'
import { temporaryFolder } from '../../../../../tests/helpers/temporaryFolder'
import { VOID } from '../../../../shared/raster/palette'
import { resizeNearest } from '../../../../shared/raster/resizeNearest'
import type { Size } from '../../../../shared/raster/size'
import { blobPath } from '../../../artifacts/blobStore'
import { readLabelMap, writeLabelMap } from '../../../artifacts/labelMaps'
import { writeScoreMaps } from '../../../artifacts/scoreMaps'
import { runTask } from '../../../pool/tasks'
import type { ImageArtifact } from '../../context'
import { settingsOf } from '../settings'
import { maskFieldOptions } from './options'
import { run } from './run'

const folder = temporaryFolder()
const pool = { threads: 1, run: (name: never, input: never) => runTask(name, input) }
const photo = await writeSquarePhoto(folder)
const fromMiddle = (x: number, y: number) => Math.hypot(x - 23.5, y - 17.5)
/** Label 5 in the middle of the square alone; background all around, or far from it with nothing said between. */
const blob = drawnLabels((x, y) => (fromMiddle(x, y) < 8 ? 5 : 0))
const unsure = drawnLabels((x, y) => (fromMiddle(x, y) < 6 ? 5 : fromMiddle(x, y) < 13 ? VOID : 0))

const task = {
  photo: photo.path,
  confidence: 0.7,
  keepVoid: false,
  settings: settingsOf(maskFieldOptions.parse({})),
  longestSide: null,
  blobFolder: folder,
}

async function refined(
  labels: Uint8Array,
  set: object = {},
  existing: readonly ImageArtifact[] = [],
  of: Size = squareSize,
) {
  const dataset = { classes: ['a', 'b', 'c', 'd', 'e', 'f'], images: [photo], hash: '', split: 'all' }
  const mask = { imageId: photo.id, kind: 'labels' as const, blob: await writeLabelMap(folder, { labels, ...of }) }
  const input = {
    step: 'masks',
    method: 'threshold',
    outputs: ['labels' as const],
    folder,
    options: {},
    artifacts: [mask],
  }
  const given = { pool: pool as never, inputs: { labels: input }, existing }
  const { context, artifacts, log } = methodContext(dataset, folder, given)
  const { summary } = await run(maskFieldOptions.parse(set), context)
  const made = [...existing, ...artifacts]
  return { ...(await readLabelMap(blobPath(folder, made[0]!.blob))), log: log.join('\n'), summary, made }
}

test('a mask that covers the middle of a square becomes the square', async () => {
  const { labels, log, summary } = await refined(blob)
  expect(labels).toEqual(squareMask)
  expect(log).toBe('')
  expect(summary).toEqual({ photosWithoutMask: 0, photosThatLostAClass: 0 })
})

test('pixels of no label are decided by the edges of the photo, or stay', async () => {
  expect((await refined(unsure)).labels).toEqual(squareMask)
  const kept = await refined(unsure, { undecided: 'keep' })
  expect(kept.labels).toEqual(unsure)
})

test('a class that is lost whole is told with its photo and the remedy, by a resumed step too', async () => {
  const speck = blob.map((label, pixel) => (pixel === 0 ? 6 : label))
  const { labels, log, summary, made } = await refined(speck)
  expect(labels).toEqual(squareMask)
  expect(log).toMatch(/^1 photo lost a class whole \(square\): .* raise confidence/)
  expect(summary).toMatchObject({ photosThatLostAClass: 1 })
  expect(await refined(speck, {}, made)).toMatchObject({ log, summary })
})

test('a mask of one label, or of none, has nothing to decide', async () => {
  expect((await refined(blob.map(() => 3))).labels.every(label => label === 3)).toBe(true)
  expect((await refined(blob.map(() => VOID))).labels.every(label => label === VOID)).toBe(true)
})

test('worked at half its size and brought back, the square is off by no more than its border', async () => {
  const large = { width: 192, height: 144 }
  const path = join(folder, 'large.png')
  await sharp(photo.path).resize(large.width, large.height, { kernel: 'nearest' }).toFile(path)
  const enlarged = (labels: Uint8Array) => resizeNearest(labels, 1, squareSize, large, 'centre')
  const mask = await writeLabelMap(folder, { labels: enlarged(blob), ...large })
  const { blob: made } = await runTask('crfOfMask', {
    ...task,
    photo: path,
    mask: blobPath(folder, mask),
    longestSide: 96,
  })
  const { labels } = await readLabelMap(blobPath(folder, made))
  const truth = enlarged(squareMask)
  expect(labels.filter((label, pixel) => label !== truth[pixel]).length).toBeLessThan(4 * 64 * 2)
})

test('scores cut at a threshold and their cut mask start the same field', async () => {
  const scores = blobPath(folder, (await writeScoreMaps(folder, squareScores())).blob)
  const plain = await runTask('labelMap', { scores, threshold: 0.5, blobFolder: folder })
  const evidence = { kind: 'labels' as const, confidence: task.confidence }
  const ofScores = await runTask('crfMask', { ...task, scores, threshold: 0.5, evidence })
  const ofMask = await runTask('crfOfMask', { ...task, mask: blobPath(folder, plain.blob) })
  expect(ofMask.blob).toBe(ofScores.blob)
  expect(ofMask.blob).not.toBe(plain.blob)
})

test('a mask of another size than the photo is refused with both', async () => {
  const wide = { width: 72, height: 24 }
  await expect(refined(blob, {}, [], wide)).rejects.toThrow(/square.png is of 48×36, and its mask .* 72×24/)
})
