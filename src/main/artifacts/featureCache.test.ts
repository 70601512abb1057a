import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clearCache } from './clearCache'
import { FeatureCache } from './featureCache'

const key = { photoSha256: 'ab'.repeat(32), height: 240, width: 320, copies: 'straight' as const }
const features = { shape: [1, 1, 2, 2] as const, data: Uint16Array.of(0x3c00, 0, 0x4000, 0xbc00) }

async function open(budget: number) {
  const root = await mkdtemp(join(tmpdir(), 'features-'))
  return { root, cache: await FeatureCache.open(root, 'trunk', budget) }
}

test('gives back what was stored, and nothing for the mirrored copy', async () => {
  const { cache } = await open(1000)
  await cache.write(key, features)
  expect(await cache.read(key)).toEqual(features)
  expect(await cache.read({ ...key, copies: 'mirrored' })).toBeUndefined()
  expect(cache.bytes).toBe(20 + 8)
})

test('keeps nothing beyond the budget and says so', async () => {
  const { cache } = await open(34)
  await cache.write(key, features)
  await cache.write({ ...key, copies: 'mirrored' }, features)
  expect(cache.full).toBe(true)
  expect(await cache.read({ ...key, copies: 'mirrored' })).toBeUndefined()
})

test('a truncated file counts as absent and is deleted', async () => {
  const { cache } = await open(1000)
  await cache.write(key, features)
  const [file] = await readdir(cache.folder)
  await writeFile(join(cache.folder, file!), 'FWM1')
  expect(await cache.read(key)).toBeUndefined()
  expect(await readdir(cache.folder)).toEqual([])
})

test('opening removes what a killed process was writing, and nothing that one is writing now', async () => {
  const { root, cache } = await open(1000)
  for (const writer of [999_999_999, process.pid]) await writeFile(join(cache.folder, `photo.f16.${writer}.part`), 'x')
  await FeatureCache.open(root, 'trunk', 1000)
  expect(await readdir(cache.folder)).toEqual([`photo.f16.${process.pid}.part`])
})

test('clearing frees what all trunks had stored', async () => {
  const { root, cache } = await open(1000)
  await cache.write(key, features)
  expect(await clearCache(root)).toBe(28)
  expect((await FeatureCache.open(root, 'trunk', 1000)).bytes).toBe(0)
})
