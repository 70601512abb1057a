import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { picturesPage } from './picturesPage.mjs'

const folder = 'docs/guide/pictures'

test('the page shows every picture that is there, and none that is not', () => {
  const shown = [...picturesPage().matchAll(/<img src="([^"]+)"/g)].map(([, file]) => file!)
  const there = readdirSync(folder).filter(name => name.endsWith('.webp'))
  expect(shown.sort()).toEqual(there.sort())
})

test('the page that is kept is the one that the script would write', () => {
  expect(readFileSync(`${folder}/README.md`, 'utf8')).toBe(picturesPage())
})
