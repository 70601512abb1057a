import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { makeFolder } from './makeFolder'

test('the folder and what is missing below it is made, however often and at once', async () => {
  const base = temporaryFolder()
  const blobs = join(base, 'blobs')
  await Promise.all([makeFolder(blobs, 'ab'), makeFolder(blobs, 'ab'), makeFolder(blobs, 'cd')])
  expect([existsSync(join(base, 'blobs/ab')), existsSync(join(base, 'blobs/cd'))]).toEqual([true, true])
  expect(await makeFolder(blobs, 'ab')).toBe(join(base, 'blobs', 'ab'))
})

test('what the folder lies in is not made anew', async () => {
  const base = join(temporaryFolder(), 'project')
  await expect(makeFolder(join(base, 'blobs'), 'ab')).rejects.toThrow(`The folder ${base} is not there any more`)
  expect(existsSync(base)).toBe(false)
})

test('a file in the place of a folder is what the system says of it', async () => {
  const base = temporaryFolder()
  writeFileSync(join(base, 'blobs'), '')
  await expect(makeFolder(join(base, 'blobs'), 'ab')).rejects.toMatchObject({ code: 'ENOTDIR' })
})
