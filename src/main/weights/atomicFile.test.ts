import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { replaceFile } from './atomicFile'

test('writes the chunks in order', async () => {
  const path = join(temporaryFolder(), 'file')
  await replaceFile(path, [Buffer.from('one '), Buffer.from(''), Buffer.from('two')])
  expect(readFileSync(path, 'utf8')).toBe('one two')
})

test('a failure half-way leaves the old file as it was, and nothing beside it', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'file')
  writeFileSync(path, 'old')
  const chunks = function* (): Generator<Uint8Array> {
    yield Buffer.from('new')
    throw new Error('the disk is full')
  }
  await expect(replaceFile(path, chunks())).rejects.toThrow('the disk is full')
  expect(readFileSync(path, 'utf8')).toBe('old')
  expect(readdirSync(folder)).toEqual(['file'])
})

test('two writers at once leave one whole file', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'file')
  const content = (letter: string): Uint8Array[] => Array.from({ length: 50 }, () => Buffer.from(letter.repeat(10_000)))
  await Promise.all([replaceFile(path, content('a')), replaceFile(path, content('b'))])
  expect(['a', 'b'].map(letter => letter.repeat(500_000))).toContain(readFileSync(path, 'utf8'))
  expect(readdirSync(folder)).toEqual(['file'])
})
