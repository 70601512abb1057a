import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { methodContext } from '../../../../../tests/helpers/methodContext'
import { squareMask, squareScores, writeSquarePhoto } from '../../../../../tests/helpers/squarePhoto'
import { temporaryFolder } from '../../../../../tests/helpers/temporaryFolder'
import type { DatasetImage } from '../../../../shared/contract/dataset'
import { blobPath } from '../../../artifacts/blobStore'
import { readLabelMap } from '../../../artifacts/labelMaps'
import { writeScoreMaps } from '../../../artifacts/scoreMaps'
import { runTask } from '../../../pool/tasks'
import type { ImageArtifact } from '../../context'
import { denseCrfOptions } from './options'
import { run } from './run'

const folder = temporaryFolder()
const pool = { threads: 1, run: (name: never, input: never) => runTask(name, input) }

const photo = await writeSquarePhoto(folder)

async function scoresOf(image: DatasetImage, keys: readonly number[] = [4]): Promise<ImageArtifact> {
  return { imageId: image.id, kind: 'scores', blob: (await writeScoreMaps(folder, squareScores(keys, image))).blob }
}

async function refined(
  image: DatasetImage,
  scores: ImageArtifact,
  set: object,
  existing: readonly ImageArtifact[] = [],
) {
  const dataset = { classes: ['a', 'b', 'c', 'd', 'e'], images: [image], hash: '', split: 'all' }
  const input = {
    step: 'seeds',
    method: 'import',
    outputs: ['scores' as const],
    folder,
    options: {},
    artifacts: [scores],
  }
  const given = { pool: pool as never, inputs: { scores: input }, existing }
  const { context, artifacts, log } = methodContext(dataset, folder, given)
  const { summary } = await run(denseCrfOptions.parse(set), context)
  const made = [...existing, ...artifacts]
  const { labels } = await readLabelMap(blobPath(folder, made[0]!.blob))
  return { labels, log: log.join('\n'), summary, made }
}

test.each([{ evidence: 'labels' }, { evidence: 'scores' }])(
  'a blob becomes the square that it lies on: %o',
  async set => {
    const { labels, summary } = await refined(photo, await scoresOf(photo), { threshold: 0.6, ...set })
    expect(labels).toEqual(squareMask)
    expect(summary).toMatchObject({ threshold: 0.6, chosenOn: 'given', photosWithoutScores: 0 })
  },
)

test('worked at half its size and brought back, the square is off by no more than its border', async () => {
  const large = { ...photo, path: join(folder, 'large.png'), width: 192, height: 144 }
  await sharp(photo.path).resize(192, 144, { kernel: 'nearest' }).toFile(large.path)
  const { labels } = await refined(large, await scoresOf(large), { threshold: 0.6, longestSide: 96 })
  const wrong = labels.filter(
    (label, i) => label !== squareMask[Math.floor(i / 192 / 4) * 48 + Math.floor((i % 192) / 4)],
  )
  expect(labels).toHaveLength(192 * 144)
  expect(wrong.length).toBeLessThan(4 * 64 * 2)
})

test('a threshold above every score leaves background, and the log names the photo and the remedy', async () => {
  const scores = await scoresOf(photo)
  const { labels, log, made } = await refined(photo, scores, { threshold: 1 })
  expect(labels.every(label => label === 0)).toBe(true)
  expect(log).toMatch(/1 labelled photo came out as background alone \(square\): .*lower it/)
  expect((await refined(photo, scores, { threshold: 1 }, made)).log).toBe(log)
})

test('a photo without labels is background', async () => {
  const bare = { ...photo, labels: [] }
  const { labels, log } = await refined(bare, await scoresOf(bare, []), { threshold: 0.3 })
  expect(labels.every(label => label === 0)).toBe(true)
  expect(log).not.toContain('background alone')
})

test('maps of another size than the photo are refused with both', async () => {
  const scores = await scoresOf({ ...photo, width: 50 })
  await expect(refined(photo, scores, { threshold: 0.3 })).rejects.toThrow(
    /square.png is of 48×36, and its score maps .* 50×36/,
  )
})

test('without truth the best threshold on truth cannot be had', async () => {
  await expect(refined(photo, await scoresOf(photo), { threshold: 'best-on-truth' })).rejects.toThrow(
    'No photo has ground truth',
  )
})
