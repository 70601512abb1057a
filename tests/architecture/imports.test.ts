import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, packageOf } from './imports'

function read(text: string): [to: string, kind: string][] {
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-imports-'))
  try {
    const file = join(folder, 'a.ts')
    writeFileSync(file, text)
    return importsOf(file).map(({ to, typeOnly, lazy }) => [to, typeOnly ? 'type' : lazy ? 'lazy' : 'value'])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('finds every way to import, and tells types and lazy ones apart', () => {
  const text = `
    import a from 'a'
    import * as b from 'b'
    import 'c'
    import { d, type D } from 'd'
    import type { E } from 'e'
    import { type F } from 'f'
    export { g } from 'g'
    export type { H } from 'h'
    const i = await import('i')
    type J = import('j').J
    // import k from 'k'
    const l = "import l from 'l'"
  `
  const kinds = {
    a: 'value',
    b: 'value',
    c: 'value',
    d: 'value',
    e: 'type',
    f: 'type',
    g: 'value',
    h: 'type',
    i: 'lazy',
    j: 'type',
  }
  expect(Object.fromEntries(read(text))).toEqual(kinds)
})

test('names the package of a deep import', () => {
  expect(packageOf('@tensorflow/tfjs-node-gpu/dist/x')).toBe('@tensorflow/tfjs-node-gpu')
  expect(packageOf('zod/v4')).toBe('zod')
  expect(packageOf('node:fs/promises')).toBe('node:fs')
})
