import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { parseSafetensors } from '../../shared/tensors/safetensors'
import { blobPath, writeBlob } from './blobStore'
import { countLabels, readLabelMap, writeLabelMap } from './labelMaps'
import { decodeScoreMaps, type ScoreMaps } from '../../shared/tensors/scoreMaps'
import { encodeScoreMaps, readScoreMaps, writeScoreMaps } from './scoreMaps'

const maps: ScoreMaps = {
  keys: Int32Array.of(2, 5),
  maps: Float32Array.of(0, 0.5, 0.25, 1, 0.1, 2 ** -24),
  width: 3,
  height: 1,
  photoWidth: 12,
  photoHeight: 4,
}

test('a blob is named by its hash and lies in the folder of its first two digits', async () => {
  const folder = temporaryFolder()
  const name = await writeBlob(folder, new TextEncoder().encode('abc'), 'png')
  expect(name).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.png')
  expect(blobPath(folder, name)).toBe(join(folder, 'ba', name))
  expect(await readFile(blobPath(folder, name), 'utf8')).toBe('abc')
})

test('storing the same bytes twice keeps one file, and a cut one is made whole', async () => {
  const folder = temporaryFolder()
  const bytes = new TextEncoder().encode('abc')
  const name = await writeBlob(folder, bytes, 'png')
  await writeFile(blobPath(folder, name), 'a')
  expect(await writeBlob(folder, bytes, 'png')).toBe(name)
  expect(await readFile(blobPath(folder, name), 'utf8')).toBe('abc')
  expect(await readdir(join(folder, 'ba'))).toEqual([name])
})

test('writers of the same blob at once do not disturb each other', async () => {
  const folder = temporaryFolder()
  const bytes = new Uint8Array(100_000).fill(7)
  const names = await Promise.all(Array.from({ length: 8 }, () => writeBlob(folder, bytes, 'png')))
  expect(new Set(names).size).toBe(1)
  expect(await readdir(join(folder, names[0]!.slice(0, 2)))).toEqual([names[0]])
})

test('a name that is no hash cannot lead out of the folder', () => {
  expect(() => blobPath('/blobs', '../../etc/passwd')).toThrow('is no blob')
})

test('a write that fails leaves nothing behind', async () => {
  const folder = temporaryFolder()
  const bytes = new TextEncoder().encode('abc')
  const name = `${createHash('sha256').update(bytes).digest('hex')}.png`
  await mkdir(blobPath(folder, name), { recursive: true })
  await expect(writeBlob(folder, bytes, 'png')).rejects.toMatchObject({ code: 'EISDIR' })
  expect(await readdir(join(folder, 'ba'))).toEqual([name])
})

test('score maps survive as float16 with their keys and the photo size', () => {
  const back = decodeScoreMaps(encodeScoreMaps(maps).bytes, 'x')
  expect(back).toMatchObject({ width: 3, height: 1, photoWidth: 12, photoHeight: 4, keys: maps.keys })
  // 0.1 is 0x2e66 = 0.0999755859375 in binary16; the others are exact.
  expect([...back.maps]).toEqual([0, 0.5, 0.25, 1, 0.0999755859375, 2 ** -24])
})

test('the file holds I32 keys and F16 maps of a quarter of the size', () => {
  const { tensors } = parseSafetensors(encodeScoreMaps(maps).bytes)
  expect(tensors.get('keys')).toMatchObject({ dtype: 'I32', shape: [2] })
  expect(tensors.get('maps')).toMatchObject({ dtype: 'F16', shape: [2, 1, 3] })
})

test('NaN is stored as 0 and counted, also where the maps are stored again', async () => {
  const folder = temporaryFolder()
  const broken = { ...maps, maps: Float32Array.of(NaN, 0.5, NaN, 1, 0, 0) }
  const { blob, nan } = await writeScoreMaps(folder, broken)
  expect(nan).toBe(2)
  const stored = await readScoreMaps(blobPath(folder, blob))
  expect([...stored.maps]).toEqual([0, 0.5, 0, 1, 0, 0])
  expect(stored.nan).toBe(2)
  const again = await writeScoreMaps(folder, { ...stored, maps: Float32Array.of(0, 0, 0, 0, 0, NaN) })
  expect(again.nan).toBe(1)
  expect((await readScoreMaps(blobPath(folder, again.blob))).nan).toBe(3)
})

test('scores that float16 cannot hold are refused', () => {
  const wild = { ...maps, maps: Float32Array.of(0, 0, 0, 0, 0, 70_000) }
  expect(() => encodeScoreMaps(wild)).toThrow('above 65504')
  expect(() => encodeScoreMaps({ ...maps, maps: Float32Array.of(0, 0, 0, 0, 0, -Infinity) })).toThrow('above 65504')
})

test('a file that is no score map is refused by name', async () => {
  const path = join(temporaryFolder(), 'scores.safetensors')
  await expect(readScoreMaps(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  await writeFile(path, 'nothing of the kind')
  await expect(readScoreMaps(path)).rejects.toThrow('scores.safetensors')
})

test('score maps and label maps go through blobs', async () => {
  const folder = temporaryFolder()
  const { blob } = await writeScoreMaps(folder, maps)
  expect((await readScoreMaps(blobPath(folder, blob))).keys).toEqual(maps.keys)
  const labels = Uint8Array.of(0, 1, 255, 2, 2, 0)
  const name = await writeLabelMap(folder, { labels, width: 2, height: 3 })
  const bytes = await readFile(blobPath(folder, name))
  expect(name).toBe(`${createHash('sha256').update(bytes).digest('hex')}.png`)
  expect(await readLabelMap(blobPath(folder, name))).toEqual({ labels, width: 2, height: 3 })
})

test('pixels are counted by label, void left out', () => {
  expect(countLabels(Uint8Array.of(0, 1, 255, 2, 2, 0), 3)).toEqual([2, 1, 2, 0])
})
