import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { golden } from '../../../tests/helpers/golden'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { decodePhoto } from './decodePhoto'
import { hashFile, photoInfo } from './photoInfo'
import { checkPhotoSize } from './photoLimits'

interface PhotoCase {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly sha256: string
  readonly centre: [number, number, number]
}
const photos = golden<Record<string, PhotoCase>>('photos.json')
const folder = temporaryFolder()

async function place(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}
const bytesOf = (name: string) => Buffer.from(photos[name]!.file, 'base64')

// CMYK differs on purpose: see decodePhoto.
const exact = Object.entries(photos).filter(([name]) => name !== 'cmyk jpeg')

test.each(exact)('%s decodes to the pixels Pillow reads', async (name, photo) => {
  const path = await place(`photo ${name.replace(/\W/g, '-')}`, bytesOf(name))
  const image = await decodePhoto(path)
  expect([image.width, image.height]).toEqual([photo.width, photo.height])
  expect(createHash('sha256').update(image.data).digest('hex')).toBe(photo.sha256)
  expect(await photoInfo(path)).toMatchObject({ width: photo.width, height: photo.height })
})

test('a pipe that is called like a photo is refused, and not waited for', async () => {
  const pipe = join(folder, 'pipe.jpg')
  execFileSync('mkfifo', [pipe])
  await expect(photoInfo(pipe)).rejects.toThrow(`${pipe} is no file but a folder, a pipe or a device: take it away.`)
})

test('a CMYK photo decodes to RGB of its size', async () => {
  const image = await decodePhoto(await place('cmyk.jpg', bytesOf('cmyk jpeg')))
  expect(image.data).toHaveLength(photos['cmyk jpeg']!.width * photos['cmyk jpeg']!.height * 3)
})

test('16-bit pixels keep their high byte', async () => {
  const data = Uint16Array.of(0, 0x1234, 0xffff, 0x8000)
  const raw = sharp(data, { raw: { width: 2, height: 2, channels: 1 } }).toColourspace('grey16')
  const image = await decodePhoto(await place('grey16.png', await raw.png().toBuffer()))
  expect([...image.data].filter((_, i) => i % 3 === 0)).toEqual([0, 0x12, 0xff, 0x80])
})

test('brackets in a file name are no options', async () => {
  const path = await place('photo[page=2]', bytesOf('jpeg 4:2:0'))
  expect((await decodePhoto(path)).width).toBe(photos['jpeg 4:2:0']!.width)
  expect((await photoInfo(path)).width).toBe(photos['jpeg 4:2:0']!.width)
})

test('the header tells format, orientation, bytes and time', async () => {
  const bytes = bytesOf('jpeg of orientation 6')
  const info = await photoInfo(await place('turned.png', bytes))
  expect(info).toMatchObject({ format: 'jpeg', orientation: 6, bytes: bytes.length })
  expect(Date.now() - info.modifiedMs).toBeLessThan(3_600_000)
})

test('the hash is SHA-256 of the bytes', async () => {
  expect(await hashFile(await place('abc', 'abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test.each([
  ['truncated.jpg', bytesOf('jpeg 4:4:4').subarray(0, 900)],
  ['truncated.png', bytesOf('png with alpha').subarray(0, 1200)],
  ['text.jpg', 'no photo'],
  ['empty.jpg', ''],
])('%s is refused by name', async (name, bytes) => {
  const path = await place(name, bytes)
  await expect(decodePhoto(path)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: expect.stringContaining(path) as string,
  })
})

test('a missing photo says so', async () => {
  const path = join(folder, 'nowhere.jpg')
  const missing = { code: 'FILE_UNREADABLE', message: expect.stringContaining('nowhere.jpg is missing') as string }
  await expect(decodePhoto(path)).rejects.toMatchObject(missing)
  await expect(photoInfo(path)).rejects.toMatchObject(missing)
  await expect(hashFile(path)).rejects.toMatchObject(missing)
})

test('a drawing that can hold scripts is refused', async () => {
  const path = await place('script.jpg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')
  await expect(decodePhoto(path)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  await expect(photoInfo(path)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
})

/** A PNG whose header claims a size and whose pixels are never reached. */
function bomb(width: number, height: number): Buffer {
  const png = Buffer.from(bytesOf('png with alpha'))
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  return png
}

test('a photo of 30 000 pixels a side is refused from its header', async () => {
  const path = await place('bomb.png', bomb(30_000, 30_000))
  const refusal = { code: 'UNSUPPORTED', message: expect.stringContaining('30000×30000') as string }
  await expect(decodePhoto(path)).rejects.toMatchObject(refusal)
  await expect(photoInfo(path)).rejects.toMatchObject(refusal)
})

test('a side above 30 000 pixels is refused, one of 30 000 is not', () => {
  expect(() => checkPhotoSize('wide.jpg', { width: 30_001, height: 10 })).toThrow('wide.jpg is 30001×10')
  expect(() => checkPhotoSize('wide.jpg', { width: 30_000, height: 10 })).not.toThrow()
})
