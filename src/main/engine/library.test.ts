import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
import { openLibrary } from './library'
import { locateEngine } from './locate'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskwright-library-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const names = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

test('says why a library does not load, and how to get one that does', () => {
  for (const name of names) writeFileSync(join(folder, name), 'not a library')
  expect(() => openLibrary(folder)).toThrow(/does not load: .*(invalid ELF header|file too short).*engine install/)
})

test('refuses a second TensorFlow in one process, which would abort it', () => {
  testEngine()
  for (const name of names) writeFileSync(join(folder, name), 'another library')
  expect(() => openLibrary(folder)).toThrow(/runs in this process: restart it to use the one in/)
})

test('takes another way to the same TensorFlow for the same', () => {
  testEngine()
  const link = join(folder, 'link')
  symlinkSync(locateEngine({ device: 'cpu' }).library, link)
  expect(openLibrary(link).TF_Version()).toMatch(/^2\.\d+\.\d+/)
})
