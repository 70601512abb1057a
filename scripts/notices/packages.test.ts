import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { productionPackages } from './packages.mjs'

const packages = productionPackages('.')

test('THIRD_PARTY_NOTICES.md names every package we run with: `npm run notices` when this fails', () => {
  const notices = readFileSync('THIRD_PARTY_NOTICES.md', 'utf8')
  const missing = packages.filter(({ name, version }) => !notices.includes(`| ${name} | ${version} |`))
  expect(missing.map(({ name, version }) => `${name} ${version}`)).toEqual([])
})

test('every licence is one we may ship with', () => {
  const allowed =
    /^\(?(MIT|MIT-0|ISC|0BSD|BlueOak-1\.0\.0|BSD(-[23]-Clause)?|Apache-2\.0|CC0-1\.0|Unlicense|Python-2\.0|WTFPL|LGPL-3\.0-or-later|Zlib|( (OR|AND) )|[()])+\)?$/
  // libvips, inside sharp's binaries, is LGPL and linked dynamically, which the LGPL allows.
  expect(
    packages.filter(({ licence }) => !allowed.test(licence)).map(({ name, licence }) => `${name}: ${licence}`),
  ).toEqual([])
})
