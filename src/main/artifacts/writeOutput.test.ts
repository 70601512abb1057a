import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { writeOutput } from './writeOutput'

const bytes = Buffer.from('page')

test('what is written is whole and alone in its folder', async () => {
  const folder = temporaryFolder()
  await writeOutput(join(folder, 'page.html'), bytes)
  expect(readdirSync(folder)).toEqual(['page.html'])
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toBe('page')
})

test('a place where nothing can be written is named, with the reason, and nothing is left there', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'folder.html'))
  for (const [name, reason] of [
    ['nowhere/page.html', 'its folder is not there'],
    ['file/page.html', 'what stands for its folder is a file'],
    ['folder.html', 'it is a folder'],
    [`${'x'.repeat(250)}.html`, 'its name is too long'],
  ] as const) {
    const path = join(folder, name)
    await expect(writeOutput(path, bytes), name).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: `Cannot write ${path}: ${reason}. Choose another place.`,
    })
  }
  expect(readdirSync(folder).sort()).toEqual(['file', 'folder.html'])
})
