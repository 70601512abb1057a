import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('the table of bench/README.md has a row for every benchmark', () => {
  const rows = readFileSync('bench/README.md', 'utf8').matchAll(/^\| `(\w+)` \|/gm)
  const benchmarks = readdirSync('bench').filter(name => name.endsWith('.ts') && name !== 'vite.config.ts')
  expect([...rows].map(([, name]) => `${name}.ts`).sort()).toEqual(benchmarks.sort())
})
