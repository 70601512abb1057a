import { readdirSync } from 'node:fs'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { photoProject } from '../../../tests/helpers/photoProject'
import { builtFile } from '../builtFile'
import { openProject, type Project } from '../db/open'
import { createPool, type Pool } from '../pool/pool'
import { Thumbnails } from './thumbnails'

const budget = 1e6 // bytes
let project: Project
let pool: Pool
/** How often the pool was asked. */
let asked: number

beforeEach(async () => {
  const { folder } = await photoProject(['cat'], [{ stem: 'a', present: [0] }])
  project = openProject(folder)
  pool = createPool({ threads: 1, script: builtFile('poolWorker.js') })
  asked = 0
})
afterEach(async () => {
  await pool.close()
  project.close()
})

function thumbnails(bytes = budget): Thumbnails {
  const counting = () => {
    asked++
    return pool
  }
  return new Thumbnails(project, counting, bytes)
}

const photo = () => project.images.page({ limit: 1 })[0]!

/** Names of the pictures that the project keeps. */
function kept(): readonly string[] {
  const { sha256 } = photo()
  return readdirSync(project.folder, { recursive: true, encoding: 'utf8' }).filter(name => name.includes(`${sha256}-`))
}

test('a picture is a WebP made in the pool once, then read from the disk; a small photo is not made larger', async () => {
  const made = await thumbnails().read(photo(), 256)
  expect(await sharp(made).metadata()).toMatchObject({ format: 'webp', width: 60, height: 40 })
  expect(kept()).toEqual([`cache/thumbnails/${photo().sha256.slice(0, 2)}/${photo().sha256}-256.webp`])
  const read = await thumbnails().read(photo(), 256)
  expect(Buffer.from(read).equals(Buffer.from(made))).toBe(true)
  expect(asked).toBe(1)
})

test('beyond the budget of the cache pictures are made and not kept', async () => {
  await thumbnails(10).read(photo(), 128)
  expect(kept()).toEqual([])
  await thumbnails(10).read(photo(), 128)
  expect(asked).toBe(2)
})

test('what has scrolled by is not made', async () => {
  const reading = thumbnails().read(photo(), 128, AbortSignal.abort())
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  expect(kept()).toEqual([])
})
