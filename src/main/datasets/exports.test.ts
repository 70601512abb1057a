import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { TinyDataset } from '../../../tests/helpers/tinyDataset'
import { blobPath, writeBlob } from '../artifacts/blobStore'
import { writeLabelMap } from '../artifacts/labelMaps'
import { encodeScoreMaps } from '../artifacts/scoreMaps'
import { openProject } from '../db/open'
import type { Project } from '../db/open'
import { readNpyDict } from '../weights/npy'
import type { NamedTensor } from '../../shared/tensors/tensors'
import { exportCams } from './cams/exportCams'
import { importDataset } from './importDataset'
import { exportVoc } from './voc/exportVoc'

let project: Project
let data: TinyDataset
let out: string

beforeEach(async () => {
  project = openProject(temporaryFolder(), { create: true })
  data = new TinyDataset()
  out = join(temporaryFolder(), 'made', 'here')
  for (const stem of ['a', 'b']) await data.photo(`images/${stem}.jpg`)
  data.file('labels.csv', 'image,labels\na,cat;dog\nb,dog\n')
  await importDataset({ project, path: data.folder, format: 'csv' })
})
afterEach(() => project.close())

/** The label maps of the two photos, as a refine step leaves them. */
async function labelBlobs() {
  const maps = [Uint8Array.from({ length: 24 }, (_, i) => [0, 1, 2, 255][i % 4]!), new Uint8Array(24).fill(2)]
  const names = await Promise.all(
    maps.map(labels => writeLabelMap(project.blobFolder, { labels, width: 6, height: 4 })),
  )
  return names.map((name, i) => ({ stem: 'ab'[i]!, name, labels: blobPath(project.blobFolder, name) }))
}

const twoMaps = {
  keys: Int32Array.of(0, 1),
  width: 2,
  height: 1,
  maps: Float32Array.of(0, 1, 0.5, 0.25),
  photoWidth: 6,
  photoHeight: 4,
}
const noMaps = { ...twoMaps, keys: new Int32Array(), maps: new Float32Array() }

async function scoreBlobs() {
  const names = await Promise.all(
    [twoMaps, noMaps].map(maps => writeBlob(project.blobFolder, encodeScoreMaps(maps), 'safetensors')),
  )
  return names.map((name, i) => ({ stem: 'ab'[i]!, name, scores: blobPath(project.blobFolder, name) }))
}

test('a VOC export is indexed PNG and a list of names, and importing it gives the same masks', async () => {
  const images = await labelBlobs()
  const { classes } = project.dataset()
  expect(await exportVoc({ out, classes, images })).toEqual({ folder: out, files: 2 })
  expect(readFileSync(join(out, 'labels.txt'), 'utf8')).toBe('background\ncat\ndog\n')
  const png = decode(readFileSync(join(out, 'SegmentationClass', 'a.png')))
  expect([...png.data.subarray(0, 4)]).toEqual([0, 1, 2, 255])
  expect(png.palette?.slice(0, 3)).toEqual([
    [0, 0, 0],
    [128, 0, 0],
    [0, 128, 0],
  ])

  const again = openProject(temporaryFolder(), { create: true })
  const masks = join(out, 'SegmentationClass')
  await importDataset({ project: again, path: data.folder, format: 'csv', masks })
  expect([...again.masks.truthBlobs().values()]).toEqual(images.map(({ name }) => name))
  again.close()
})

test('an export replaces an earlier one, and nothing else', async () => {
  const [a, b] = await labelBlobs()
  const options = { out, classes: ['cat', 'dog'] }
  await exportVoc({ ...options, images: [a!, b!] })
  await exportVoc({ ...options, images: [a!] })
  expect(readdirSync(join(out, 'SegmentationClass'))).toEqual(['a.png'])
  writeFileSync(join(out, 'thesis.txt'), 'years of work')
  await expect(exportVoc({ ...options, images: [a!] })).rejects.toThrow(/holds other files \(thesis.txt\)/)
  await expect(exportCams({ out, images: [] })).rejects.toThrow(/holds other files/)
  await expect(exportVoc({ ...options, out: join(out, 'thesis.txt'), images: [] })).rejects.toThrow(/is a file/)
  expect(readdirSync(join(out, '..'))).toEqual(['here'])
})

test('an export that fails or is cancelled leaves what was there', async () => {
  const [a] = await labelBlobs()
  const options = { out, classes: ['cat', 'dog'], images: [a!] }
  await expect(exportVoc({ ...options, images: [{ stem: 'b', labels: '/nowhere.png' }] })).rejects.toThrow(/ENOENT/)
  expect(existsSync(out)).toBe(false)
  await exportVoc(options)
  await expect(exportVoc({ ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  expect(readdirSync(join(out, 'SegmentationClass'))).toEqual(['a.png'])
  expect(readdirSync(join(out, '..'))).toEqual(['here'])
})

test('a stem that would leave the folder is refused before anything is written', async () => {
  const [a] = await labelBlobs()
  const escape = { stem: '../../escape', labels: a!.labels, scores: a!.labels }
  await expect(exportVoc({ out, classes: ['cat'], images: [escape] })).rejects.toThrow(/cannot name an exported file/)
  await expect(exportCams({ out, images: [escape] })).rejects.toThrow(/cannot name an exported file/)
  expect(existsSync(out)).toBe(false)
})

test('a CAM export has keys, cam at a quarter of the size and high_res at the photo’s', async () => {
  await exportCams({ out, images: await scoreBlobs() })
  const dictionary = await readNpyDict(join(out, 'a.npy'))
  expect(dictionary.get('keys')).toMatchObject({ dtype: 'I64', shape: [2], data: BigInt64Array.of(0n, 1n) })
  expect(dictionary.get('cam')).toMatchObject({ dtype: 'F32', shape: [2, 1, 2], data: twoMaps.maps })
  const highRes = dictionary.get('high_res') as NamedTensor
  expect(highRes.shape).toEqual([2, 4, 6])
  // Half-pixel centres: 6 pixels over 2 cells lie at −1/3, 0, 1/3, 2/3, 1, 4/3, held to the cells' centres.
  expect(Array.from(highRes.data, Number).slice(0, 6)).toEqual(
    [0, 0, 1 / 3, 2 / 3, 1, 1].map(x => expect.closeTo(x, 6) as number),
  )
  const empty = await readNpyDict(join(out, 'b.npy'))
  expect(empty.get('high_res')).toMatchObject({ shape: [0, 4, 6] })
})
