import { expect, test } from 'vitest'
import { toErrorData } from './errors'

test.each([
  ['ENOSPC', 'The disk is full: free some space'],
  ['EDQUOT', 'Your share of the disk (its quota) is used up: free some space'],
])('a file that finds no room (%s) is the disk’s, not ours', (code, sentence) => {
  const { code: ours, message } = toErrorData(Object.assign(new Error(`${code}: write`), { code }))
  expect([ours, message]).toEqual(['DISK_FULL', expect.stringContaining(sentence)])
})
