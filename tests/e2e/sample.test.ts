import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { maskwright } from '../helpers/cli'
import { temporaryFolder } from '../helpers/temporaryFolder'

test('a sample imports whole: every photo with its labels and its mask', async () => {
  const folder = temporaryFolder()
  const [sample, project] = [join(folder, 'sample'), join(folder, 'p')]
  const made = await maskwright(['sample', sample, '--photos', '24', '--json'])
  expect(made.code, made.err).toBe(0)
  expect(JSON.parse(made.out)).toMatchObject({ photos: 24, classes: [{ name: 'dog' }, ...Array<object>(8).fill({})] })
  await maskwright(['new', project])
  const files = ['--labels', join(sample, 'image_labels.csv'), '--masks', join(sample, 'SegmentationClass')]
  const imported = await maskwright(['import', sample, '--format', 'voc', ...files, '--project', project, '--json'])
  expect(JSON.parse(imported.out)).toMatchObject({ imported: 24, masks: 24, withoutLabels: 0, skipped: [] })
})

test('a bound is named with its value, and nothing is made', async () => {
  const folder = join(temporaryFolder(), 'sample')
  const { code, err } = await maskwright(['sample', folder, '--photos', '3'])
  expect({ code, err }).toEqual({ code: 2, err: '--photos must be ≥ 24, got 3.\n' })
  expect(existsSync(folder)).toBe(false)
})

test('a folder that holds something is refused', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'mine'), '')
  const { code, err } = await maskwright(['sample', folder])
  expect(code).toBe(2)
  expect(err).toContain('is not empty: name a folder that is empty or does not exist.')
  expect(readdirSync(folder)).toEqual(['mine'])
})
