import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { program } from './program'

test('files say the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
  expect(program.version).toBe(version)
})
