import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import type { Project } from '../db/open'
import { checkPhotos } from './checkPhotos'

let project: Project
beforeEach(() => {
  project = tinyProject(4)
})
afterEach(() => project.close())

const check = () => checkPhotos(project.dataset(), project.imports.known())
const path = (i: number) => project.dataset().images[i]!.path

test('photos that nobody touched are all there, and the hash is that of the project', async () => {
  const { dataset, lost } = await check()
  expect(lost).toEqual([])
  expect(dataset.hash).toBe(project.dataset().hash)
})

test('a copied photo has another time and is still the same', async () => {
  utimesSync(path(0), 1, 1)
  expect((await check()).lost).toEqual([])
})

test('a photo of the same size and another content is a changed one', async () => {
  writeFileSync(path(1), 'photo X')
  utimesSync(path(1), 1, 1)
  expect((await check()).lost).toEqual([{ stem: 'photo-1', path: path(1), reason: 'changed' }])
})

test('photos that are gone are named, and what is left has a hash of its own', async () => {
  rmSync(path(2))
  const { dataset, lost } = await check()
  expect(lost).toEqual([{ stem: 'photo-2', path: path(2), reason: 'deleted' }])
  expect(dataset.images.map(({ stem }) => stem)).toEqual(['photo-0', 'photo-1', 'photo-3'])
  expect(dataset.hash).not.toBe(project.dataset().hash)
})

test('when all are gone there is nothing to run on', async () => {
  for (const i of [0, 1, 2, 3]) rmSync(path(i))
  await expect(check()).rejects.toThrow('All 4 photos were deleted or changed')
})
