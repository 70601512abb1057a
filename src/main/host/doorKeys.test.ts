import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { DoorKeys } from './doorKeys'

const newFile = () => join(temporaryFolder(), 'state', 'keys.json')

test('a token is good for one key, which is another random value', () => {
  const keys = new DoorKeys(newFile())
  const token = keys.newToken()
  const key = keys.exchange(token)!
  expect(key).not.toBe(token)
  expect(key).toMatch(/^[\w-]{43}$/) // 32 random bytes
  expect(keys.accepts(key)).toBe(true)
  expect(keys.accepts(token)).toBe(false)
  expect(keys.exchange(token)).toBeUndefined()
})

test('what was never given out opens nothing', () => {
  const keys = new DoorKeys(newFile())
  expect(keys.exchange('')).toBeUndefined()
  expect(keys.exchange('guess')).toBeUndefined()
  expect(keys.accepts(undefined)).toBe(false)
  expect(keys.accepts('')).toBe(false)
})

test('a browser finds its way back after a restart; a printed address does not', () => {
  const file = newFile()
  const before = new DoorKeys(file)
  const key = before.exchange(before.newToken())!
  const unused = before.newToken()
  const after = new DoorKeys(file)
  expect(after.accepts(key)).toBe(true)
  expect(after.exchange(unused)).toBeUndefined()
})

test('the file opens nothing to who reads it, and only its owner can', () => {
  const file = newFile()
  const keys = new DoorKeys(file)
  const key = keys.exchange(keys.newToken())!
  const stored = JSON.parse(readFileSync(file, 'utf8')) as string[]
  expect(stored).toHaveLength(1)
  expect(stored[0]).not.toBe(key)
  expect(keys.accepts(stored[0])).toBe(false)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a damaged file lets nobody in and is written anew', () => {
  const file = newFile()
  new DoorKeys(file).exchange('')
  const folderMaker = new DoorKeys(file)
  folderMaker.exchange(folderMaker.newToken())
  writeFileSync(file, '{"damaged')
  const keys = new DoorKeys(file)
  const key = keys.exchange(keys.newToken())
  expect(new DoorKeys(file).accepts(key)).toBe(true)
})

test('two programs of one person keep each other’s keys', () => {
  const file = newFile()
  const [first, second] = [new DoorKeys(file), new DoorKeys(file)]
  const early = first.exchange(first.newToken())
  const late = second.exchange(second.newToken())
  const third = new DoorKeys(file)
  expect([third.accepts(early), third.accepts(late)]).toEqual([true, true])
})

test('the oldest of many unopened addresses is forgotten', () => {
  const keys = new DoorKeys(newFile())
  const tokens = Array.from({ length: 33 }, () => keys.newToken())
  expect(keys.exchange(tokens[0]!)).toBeUndefined()
  expect(keys.exchange(tokens[1]!)).toBeDefined()
})
