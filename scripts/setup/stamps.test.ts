import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lock } from './lock.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'maskwright-setup-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a step is done only for the inputs it was stamped with', () => {
  expect(isStamped(root, 'build', 'a')).toBe(false)
  stamp(root, 'build', 'a')
  expect(isStamped(root, 'build', 'a')).toBe(true)
  expect(isStamped(root, 'build', 'b')).toBe(false)
  expect(isStamped(root, 'packages', 'a')).toBe(false)
})

test('the hash of inputs follows contents, names and what is added to them', () => {
  mkdirSync(join(root, 'src/deep'), { recursive: true })
  writeFileSync(join(root, 'src/deep/a.ts'), '1')
  const first = hashOf(root, ['src', 'absent'])
  expect(hashOf(root, ['src', 'absent'])).toBe(first)
  expect(hashOf(root, ['src'], ['node 22'])).not.toBe(first)
  writeFileSync(join(root, 'src/deep/a.ts'), '2')
  const changed = hashOf(root, ['src'])
  expect(changed).not.toBe(first)
  writeFileSync(join(root, 'src/deep/b.ts'), '')
  expect(hashOf(root, ['src'])).not.toBe(changed)
})

test('two set-ups of one checkout are kept apart, and a killed one does not lock it for ever', () => {
  const unlock = lock(root)
  expect(() => lock(root)).toThrow(`Process ${process.pid} is setting this checkout up`)
  unlock()
  writeFileSync(join(root, '.setup/lock'), '999999999')
  lock(root)()
})
