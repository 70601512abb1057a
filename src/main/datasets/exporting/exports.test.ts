import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportOf } from '../../../../tests/helpers/exportOf'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { twoScoreMaps } from '../../../../tests/helpers/twoScoreMaps'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import type { ExportManifest } from '../../../shared/contract/export'
import { blobPath, writeBlob } from '../../artifacts/blobStore'
import { writeLabelMap } from '../../artifacts/labelMaps'
import { encodeScoreMaps } from '../../artifacts/scoreMaps'
import { openProject } from '../../db/open'
import type { Project } from '../../db/open'
import { readNpyDict } from '../../weights/npy'
import type { NamedTensor } from '../../../shared/tensors/tensors'
import { importDataset } from '../importing/importDataset'

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
  return names.map((name, i) => ({ stem: 'ab'[i]!, name, blob: blobPath(project.blobFolder, name) }))
}

const noMaps = { ...twoScoreMaps, keys: new Int32Array(), maps: new Float32Array() }

async function scoreBlobs() {
  const names = await Promise.all(
    [twoScoreMaps, noMaps].map(maps => writeBlob(project.blobFolder, encodeScoreMaps(maps).bytes, 'safetensors')),
  )
  return names.map((name, i) => ({ stem: 'ab'[i]!, name, blob: blobPath(project.blobFolder, name) }))
}

test('a VOC export is indexed PNG and a list of names, and importing it gives the same masks', async () => {
  const images = await labelBlobs()
  const { classes } = project.dataset()
  expect(await exportOf('voc', { out, classes, photos: images })).toMatchObject({ folder: out, files: 4 })
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
  await exportOf('voc', { ...options, photos: [a!, b!] })
  await exportOf('voc', { ...options, photos: [a!] })
  expect(readdirSync(join(out, 'SegmentationClass'))).toEqual(['a.png'])
  writeFileSync(join(out, 'thesis.txt'), 'years of work')
  await expect(exportOf('voc', { ...options, photos: [a!] })).rejects.toThrow(/holds other files \(thesis.txt\)/)
  await expect(exportOf('cams', { out })).rejects.toThrow(/holds other files/)
  await expect(exportOf('voc', { ...options, out: join(out, 'thesis.txt') })).rejects.toThrow(/is a file/)
  expect(readdirSync(join(out, '..'))).toEqual(['here'])
})

test('an export that is cancelled leaves what was there', async () => {
  const [a] = await labelBlobs()
  const options = { out, classes: ['cat', 'dog'], photos: [a!] }
  await exportOf('voc', options)
  const cancelled = exportOf('voc', { ...options, signal: AbortSignal.abort() })
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
  expect(readdirSync(join(out, 'SegmentationClass'))).toEqual(['a.png'])
  expect(readdirSync(join(out, '..'))).toEqual(['here'])
})

test('an export that failed is gone on with, and another one begins anew', async () => {
  const [a, b] = await labelBlobs()
  const late = join(temporaryFolder(), 'late.png')
  const photos = [a!, { stem: 'b', blob: late }]
  await expect(exportOf('voc', { out, classes: ['cat', 'dog'], photos })).rejects.toThrow(/ENOENT/)
  expect(existsSync(out)).toBe(false)
  const made = join(`${out}.partial`, 'SegmentationClass', 'a.png')
  const first = statSync(made).ino
  cpSync(b!.blob, late)
  await exportOf('voc', { out, classes: ['cat', 'dog'], photos })
  expect(statSync(join(out, 'SegmentationClass', 'a.png')).ino).toBe(first)

  rmSync(late)
  await expect(exportOf('voc', { out, classes: ['cat', 'dog'], photos })).rejects.toThrow(/ENOENT/)
  await exportOf('voc', { out, classes: ['cow', 'dog'], photos: [a!] })
  expect(readdirSync(join(out, 'SegmentationClass'))).toEqual(['a.png'])
  expect(readdirSync(join(out, '..'))).toEqual(['here'])
})

test('the manifest names every file with its bytes and hash, and where it comes from', async () => {
  const [a, b] = await labelBlobs()
  await exportOf('voc', { out, classes: ['cat', 'dog'], photos: [a!, b!], options: { lists: false } })
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as ExportManifest
  expect(manifest).toMatchObject({ program: { name: 'Maskwright' }, format: 'voc', options: { lists: false } })
  expect(manifest.files.map(({ path }) => path)).toEqual([
    'SegmentationClass/a.png',
    'SegmentationClass/b.png',
    'labels.txt',
  ])
  // The label maps are copied byte for byte, and blobs are called by their hashes.
  expect(manifest.files[0]).toMatchObject({
    sha256: a!.name.replace('.png', ''),
    bytes: readFileSync(a!.blob).length,
  })
  // `printf 'background\ncat\ndog\n' | sha256sum`
  expect(manifest.files[2]?.sha256).toBe('6919f57f710db460f52caeceb9b035cb55aac0496caa151adeb280629888d9e7')
})

test('a stem that would leave the folder is refused before anything is written', async () => {
  const [a] = await labelBlobs()
  const photos = [{ stem: '../../escape', blob: a!.blob }]
  for (const format of ['voc', 'cams', 'png'])
    await expect(exportOf(format, { out, photos })).rejects.toThrow(/cannot name an exported file/)
  expect(existsSync(out)).toBe(false)
})

test('a CAM export has keys, cam at a quarter of the size and high_res at the photo’s', async () => {
  await exportOf('cams', { out, photos: await scoreBlobs() })
  const dictionary = await readNpyDict(join(out, 'a.npy'))
  expect(dictionary.get('keys')).toMatchObject({ dtype: 'I64', shape: [2], data: BigInt64Array.of(0n, 1n) })
  expect(dictionary.get('cam')).toMatchObject({ dtype: 'F32', shape: [2, 1, 2], data: twoScoreMaps.maps })
  const highRes = dictionary.get('high_res') as NamedTensor
  expect(highRes.shape).toEqual([2, 4, 6])
  // Half-pixel centres: 6 pixels over 2 cells lie at −1/3, 0, 1/3, 2/3, 1, 4/3, held to the cells' centres.
  expect(Array.from(highRes.data, Number).slice(0, 6)).toEqual(
    [0, 0, 1 / 3, 2 / 3, 1, 1].map(x => expect.closeTo(x, 6) as number),
  )
  const empty = await readNpyDict(join(out, 'b.npy'))
  expect(empty.get('high_res')).toMatchObject({ shape: [0, 4, 6] })
})

const labelled = [
  { stem: '2007_000032', present: [0, 2], unknown: [] },
  { stem: '2007_000033', present: [], unknown: [1] },
]

test.each([
  ['wide', 'image,cat,"a ""dog""",cow\r\n2007_000032.jpg,1,0,1\r\n2007_000033.jpg,0,NA,0\r\n'],
  ['long', 'image,label\r\n2007_000032.jpg,cat\r\n2007_000032.jpg,cow\r\n'],
  ['delimited', 'image,labels\r\n2007_000032.jpg,cat;cow\r\n2007_000033.jpg,\r\n'],
])('a %s table of labels begins with a byte order mark and says what it cannot', async (form, text) => {
  const request = { out, classes: ['cat', 'a "dog"', 'cow'], photos: labelled, options: { form } }
  const { notes } = await exportOf('csv', request)
  expect(readFileSync(join(out, 'labels.csv'), 'utf8')).toBe(`\ufeff${text}`)
  expect(notes.join(' ').includes('unknown')).toBe(form !== 'wide')
})

test.each([
  ['str', '2007_000032'],
  ['int', 2007000032],
] as const)('cls_labels.npy with %s keys is read back', async (keys, key) => {
  await exportOf('cls-labels', { out, classes: ['cat', 'dog', 'cow'], photos: labelled, options: { keys } })
  const dictionary = await readNpyDict(join(out, 'cls_labels.npy'))
  expect(dictionary.get(key)).toMatchObject({ dtype: 'F32', shape: [3], data: Float32Array.of(1, 0, 1) })
  expect(readFileSync(join(out, 'classes.txt'), 'utf8')).toBe('cat\ndog\ncow\n')
})

test('integer keys for photos that are called by more than digits are refused', async () => {
  const request = { out, classes: ['cat'], photos: [{ stem: 'garden' }], options: { keys: 'int' } }
  await expect(exportOf('cls-labels', request)).rejects.toThrow('"garden" is called by more than digits')
})

test('plain PNG is grey, and void stays or becomes background', async () => {
  const [a] = await labelBlobs()
  const pixels = () => {
    const png = decode(readFileSync(join(out, 'masks', 'a.png')))
    expect(png).toMatchObject({ channels: 1, depth: 8 })
    return [...png.data.subarray(0, 4)]
  }
  await exportOf('png', { out, classes: ['cat', 'dog'], photos: [a!] })
  expect(pixels()).toEqual([0, 1, 2, 255])
  await exportOf('png', { out, classes: ['cat', 'dog'], photos: [a!], options: { void: 'background' } })
  expect(pixels()).toEqual([0, 1, 2, 0])
})
