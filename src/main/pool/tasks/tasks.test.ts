import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { golden } from '../../../../tests/helpers/golden'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { addToSweep, emptySweep, sweepConfusion, sweepThresholds } from '../../../shared/metrics/sweep'
import { pillowBicubic } from '../../../shared/raster/pillowBicubic'
import { superpixels as slic } from '../../../shared/raster/superpixels'
import { blobPath } from '../../artifacts/blobStore'
import { readLabelMap, writeLabelMap } from '../../artifacts/labelMaps'
import { writeScoreMaps } from '../../artifacts/scoreMaps'
import { decodePhoto } from '../../media/decodePhoto'
import { confusion } from './confusion'
import { decodeScales } from './decodeScales'
import { labelMap } from './labelMap'
import { photoInfo } from './photoInfo'
import { sheet } from './sheet'
import { sheetRow } from './sheetRow'
import { superpixels } from './superpixels'
import { sweepHistogram } from './sweepHistogram'
import { trainCrop } from './trainCrop'

interface PhotoCase {
  readonly file: string
  readonly scaled?: { longestSide: number; scale: number; width: number; height: number; sha256: string }[]
}
const photos = golden<Record<string, PhotoCase>>('photos.json')
const turned = photos['jpeg of orientation 6']!
const folder = temporaryFolder()
/** 26×37 once turned. */
const photo = join(folder, 'turned.jpg')
const size = { width: 26, height: 37 }

beforeAll(() => writeFile(photo, Buffer.from(turned.file, 'base64')))

test('every scale is the photo itself resized as Pillow does', async () => {
  const wanted = turned.scaled!
  const out = await decodeScales({ path: photo, longestSide: 20, scales: wanted.map(({ scale }) => scale) })
  expect([out.photoWidth, out.photoHeight]).toEqual([26, 37])
  expect(out.images.map(({ width, height }) => [width, height])).toEqual(wanted.map(w => [w.width, w.height]))
  expect(out.images.map(({ data }) => createHash('sha256').update(data).digest('hex'))).toEqual(
    wanted.map(({ sha256 }) => sha256),
  )
})

test('without a longest side scale 1 is the photo untouched', async () => {
  const { images } = await decodeScales({ path: photo, longestSide: null, scales: [1] })
  expect(images[0]).toEqual(await decodePhoto(photo))
})

test.each([
  ['cropped and mirrored', { flip: true, sourceX: 9, sourceY: 4, targetX: 0, targetY: 0 }, 40],
  ['cropped', { flip: false, sourceX: 9, sourceY: 4, targetX: 0, targetY: 0 }, 40],
  ['padded', { flip: true, sourceX: 0, sourceY: 0, targetX: 13, targetY: 5 }, 90],
  ['cropped across, padded down', { flip: false, sourceX: 2, sourceY: 0, targetX: 0, targetY: 3 }, 50],
])('a training sample is resized, then %s', async (_, offsets, crop) => {
  const resized = { width: 60, height: 45 }
  const plan = { resizedWidth: resized.width, resizedHeight: resized.height, ...offsets }
  const { data, valid } = await trainCrop({ path: photo, plan, crop })
  const whole = pillowBicubic(await decodePhoto(photo), resized)
  const expected = new Uint8Array(crop * crop * 3)
  for (let y = valid.y0; y < valid.y1; y++)
    for (let x = valid.x0; x < valid.x1; x++) {
      const seen = x - plan.targetX + plan.sourceX
      const sourceX = plan.flip ? resized.width - 1 - seen : seen
      const source = ((y - plan.targetY + plan.sourceY) * resized.width + sourceX) * 3
      expected.set(whole.data.subarray(source, source + 3), (y * crop + x) * 3)
    }
  expect(data).toEqual(expected)
  expect([valid.x1 - valid.x0, valid.y1 - valid.y0]).toEqual([
    Math.min(resized.width, crop),
    Math.min(resized.height, crop),
  ])
})

/** Scores of classes 1 and 3 at 7×10, stored. */
async function storedScores(keys = [1, 3]): Promise<string> {
  const maps = Float32Array.from({ length: keys.length * 70 }, (_, i) => ((i * 7919 + 13) % 1009) / 1009)
  const grid = { keys: Int32Array.from(keys), maps, width: 7, height: 10, photoWidth: 26, photoHeight: 37 }
  return blobPath(folder, (await writeScoreMaps(folder, grid)).blob)
}

/** A truth with all labels 0 … 4 and void. */
async function storedTruth(width = size.width): Promise<string> {
  const labels = Uint8Array.from({ length: width * size.height }, (_, i) => (i % 13 === 0 ? 255 : (i >> 3) % 5))
  return blobPath(folder, await writeLabelMap(folder, { labels, width, height: size.height }))
}

test('a label map is stored as a blob and its pixels are counted', async () => {
  const out = await labelMap({ scores: await storedScores(), threshold: 0.5, blobFolder: folder })
  const { labels, ...stored } = await readLabelMap(blobPath(folder, out.blob))
  expect(stored).toEqual(size)
  expect(out.pixels).toEqual([0, 1, 2, 3, 4].map(label => labels.filter(value => value === label).length))
  expect(out.pixels[1]).toBe(0)
  expect(out.nan).toBe(0)
})

test('a photo without classes gets an all-background mask', async () => {
  const out = await labelMap({ scores: await storedScores([]), threshold: 0.5, blobFolder: folder })
  expect(out.pixels).toEqual([26 * 37])
})

test('the sweep of stored maps equals their label maps scored at every threshold', async () => {
  const scores = await storedScores()
  const truth = await storedTruth()
  const sweep = emptySweep(4)
  addToSweep(sweep, await sweepHistogram({ scores, truth, classes: 4 }))
  for (const [index, threshold] of sweepThresholds.entries()) {
    const { blob } = await labelMap({ scores, threshold, blobFolder: folder })
    const { matrix } = await confusion({ labels: blobPath(folder, blob), truth, classes: 4 })
    expect([...sweepConfusion(sweep, index)], `t = ${threshold}`).toEqual([...matrix])
  }
})

test('a truth of another size is refused with both files and sizes', async () => {
  const scores = await storedScores()
  const truth = await storedTruth(25)
  const { blob } = await labelMap({ scores, threshold: 0.5, blobFolder: folder })
  const labels = blobPath(folder, blob)
  const refusal = (path: string) => ({
    code: 'SHAPE_MISMATCH',
    message: expect.stringContaining(`${path} is of 26×37 and its truth ${truth} of 25×37`) as string,
  })
  await expect(confusion({ labels, truth, classes: 4 })).rejects.toMatchObject(refusal(labels))
  await expect(sweepHistogram({ scores, truth, classes: 4 })).rejects.toMatchObject(refusal(scores))
})

test('a bad photo spoils only its own record', async () => {
  const bad = join(folder, 'bad.jpg')
  await writeFile(bad, 'no photo')
  const { photos: records } = await photoInfo({ paths: [bad, photo], hash: true })
  expect(records[0]).toMatchObject({ path: bad, error: { code: 'FILE_UNREADABLE' } })
  const sha256 = createHash('sha256').update(Buffer.from(turned.file, 'base64')).digest('hex')
  expect(records[1]).toMatchObject({ path: photo, info: size, sha256 })
})

test('a contact sheet shows the photo, its maps, its masks and what is missing', async () => {
  const cells = [
    { kind: 'photo' },
    { kind: 'scores', path: await storedScores() },
    { kind: 'labels', path: await storedTruth() },
    { kind: 'nothing', reason: 'no truth' },
  ] as const
  const row = await sheetRow({ photo, caption: 'turned · <b>cat</b> & dog', cells, cellWidth: 52 })
  expect([row.width, row.height]).toEqual([6 + 4 * 58, 18 + 74 + 6])
  const columns = ['photo', 'CAM', 'truth', 'nothing']
  for (const format of ['png', 'jpeg'] as const) {
    const { bytes } = await sheet({ title: 'Trial', columns, rows: [row, row], cellWidth: 52, format })
    const picture = await sharp(bytes).metadata()
    expect(picture).toMatchObject({ format, width: row.width, height: 52 + 2 * row.height })
  }
  const shrunk = pillowBicubic(await decodePhoto(photo), { width: 52, height: 74 })
  expect(row.data.subarray((18 * row.width + 6) * 3, (18 * row.width + 58) * 3)).toEqual(shrunk.data.subarray(0, 156))
})

test('superpixels are those of the photo, turned upright, and cover it', async () => {
  const settings = { spacing: 8, compactness: 10, iterations: 3 }
  const map = await superpixels({ path: photo, settings }, () => undefined)
  expect(map).toEqual(slic(await decodePhoto(photo), settings))
  expect([map.width, map.height, Math.min(...map.ids)]).toEqual([26, 37, 0])
})
