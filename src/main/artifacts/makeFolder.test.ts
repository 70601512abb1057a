import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { makeFolder } from './makeFolder'

test('what is missing below the base is made, however often and at once', async () => {
  const base = temporaryFolder()
  await Promise.all([makeFolder(base, 'blobs', 'ab'), makeFolder(base, 'blobs', 'ab'), makeFolder(base, 'blobs', 'cd')])
  expect([existsSync(join(base, 'blobs/ab')), existsSync(join(base, 'blobs/cd'))]).toEqual([true, true])
  expect(await makeFolder(base, 'blobs', 'ab')).toBe(join(base, 'blobs', 'ab'))
})

test('a base that is gone is not made anew', async () => {
  const base = join(temporaryFolder(), 'project')
  await expect(makeFolder(base, 'blobs', 'ab')).rejects.toThrow(`The folder ${base} is not there any more`)
  expect(existsSync(base)).toBe(false)
})

test('a file in the place of a folder is what the system says of it', async () => {
  const base = temporaryFolder()
  writeFileSync(join(base, 'blobs'), '')
  await expect(makeFolder(base, 'blobs', 'ab')).rejects.toMatchObject({ code: 'ENOTDIR' })
})
