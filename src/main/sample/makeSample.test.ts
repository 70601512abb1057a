import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLabelPng } from '../media/labelPng'
import { makeSample } from './makeSample'
import type { SampleSummary } from './makeSample'
import { planPhotos } from './plan'
import { classCounts, sampleClasses } from './sampleClasses'

const photos = 12
const names = sampleClasses.map(({ name }) => name)
let home: string
let first: SampleSummary

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sample-'))
  first = await makeSample(join(home, 'first'), request(3))
})
afterAll(() => rm(home, { recursive: true, force: true }))

function request(seed: number, signal = new AbortController().signal): Parameters<typeof makeSample>[1] {
  return { seed, photos, signal, progress: () => undefined }
}

/** One hash over the bytes of all files of a folder, by name. */
async function hashOfFolder(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(folder)).sort()) hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex')
}

test('the same seed gives byte-identical masks, photos and labels', async () => {
  const second = await makeSample(join(home, 'second'), request(3))
  for (const part of ['SegmentationClass', 'JPEGImages', 'ImageSets/Segmentation'])
    expect(await hashOfFolder(join(second.folder, part))).toBe(await hashOfFolder(join(first.folder, part)))
  expect(await readFile(join(second.folder, 'image_labels.csv'))).toEqual(
    await readFile(join(first.folder, 'image_labels.csv')),
  )
})

test('every mask is an indexed PNG of its photo whose labels are exactly those of the table', async () => {
  const table = (await readFile(join(first.folder, 'image_labels.csv'), 'utf8')).trim().split('\n').slice(1)
  expect(table).toHaveLength(photos)
  for (const line of table) {
    const [file, labels] = line.split(',') as [string, string]
    const path = join(first.folder, 'SegmentationClass', file.replace('.jpg', '.png'))
    expect((await readFile(path))[25]).toBe(3) // the colour type stands in byte 25 of the header: 3 is indexed
    const mask = await readLabelPng(path)
    const shown = [...new Set(mask.labels)].filter(label => label > 0 && label < 255).sort((a, b) => a - b)
    expect(shown.map(label => names[label - 1])).toEqual(labels.split(';'))
  }
})

test('void is a thin rim: under a tenth of what the objects cover', async () => {
  let [voids, objects] = [0, 0]
  for (const file of await readdir(join(first.folder, 'SegmentationClass'))) {
    const { labels } = await readLabelPng(join(first.folder, 'SegmentationClass', file))
    for (const label of labels)
      if (label === 255) voids++
      else if (label > 0) objects++
  }
  expect(voids).toBeGreaterThan(0)
  expect(voids / objects).toBeLessThan(0.1)
})

test('the summary counts the photos of each class', () => {
  expect(first.classes.map(entry => entry.photos)).toEqual(classCounts(photos))
  expect(planPhotos(photos, 3)).toHaveLength(first.photos)
})

test('cancelling leaves nothing behind', async () => {
  const controller = new AbortController()
  const stop = { ...request(3, controller.signal), progress: () => controller.abort() }
  await expect(makeSample(join(home, 'stopped'), stop)).rejects.toMatchObject({ name: 'AbortError' })
  expect((await readdir(home)).filter(name => name.includes('stopped'))).toEqual([])
})

test('a folder that holds something is refused, not overwritten', async () => {
  await writeFile(join(home, 'file'), 'kept')
  await expect(makeSample(home, request(3))).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await expect(makeSample(join(home, 'file'), request(3))).rejects.toThrow('is not a folder')
  expect(await readFile(join(home, 'file'), 'utf8')).toBe('kept')
})
