import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folders = ['src', 'tests', 'bench', 'scripts', 'docs']
const files = folders
  .flatMap(folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)))
  .filter(name => /\.(ts|vue|mjs|py|md)$/.test(name))

/** A paper of nobody's: one without a name before it, as "PNG" has. */
const unnamed = /(?<!\b[A-Z]{2,} )\b[Ss]pecifications?\b|\b[Ff]ield notes\b/

test('what is cited can be looked up: a paper, a public repository, a standard by its name, or a document here', () => {
  const offences = files.flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => unnamed.test(line))
      .map(line => `${file}: ${line.trim()}`),
  )
  expect(offences).toEqual([])
})
