import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { areas, type Area } from './rules'

/** A row of the tree in docs/architecture.md. */
interface Row {
  readonly path: string
  /** As it stands there: `shared, media; types of db, pool`. */
  readonly mayImport: string
}

const rows: readonly Row[] = [
  ...readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| `(src\/main\/[^`]+)`[^|]*\|[^|]*\| ([^|]+) \|$/gm),
].map(([, path, mayImport]) => ({ path: path!, mayImport: mayImport! }))

const mainAreas = areas.filter(({ files }) => files.source.includes('src\\/main'))

test('the table of the architecture has a row for every area of the main process', () => {
  expect(rows.map(({ path }) => areaOf(path)?.name).sort()).toEqual(mainAreas.map(({ name }) => name).sort())
})

test.each(rows)('what $path may import is what the rules allow', ({ path, mayImport }) => {
  const [files = '', types = ''] = mayImport.split('; types of ')
  const { may, types: asTypes = [] } = areaOf(path)!
  expect({ files: names(files), types: names(types) }).toEqual({
    files: ['shared', ...may].sort(),
    types: [...asTypes].sort(),
  })
})

function areaOf(path: string): Area | undefined {
  return areas.find(({ files }) => files.test(path))
}

function names(list: string): string[] {
  return list
    .split(', ')
    .filter(name => name !== '')
    .sort()
}
