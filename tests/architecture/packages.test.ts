import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { nodeRangeHolds } from './nodeRange'

interface Manifest {
  readonly version: string
  readonly engines?: { readonly node?: string }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const manifest = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Manifest
const ours = manifest('package.json')
const oldest = /\d+\.\d+\.\d+/.exec(ours.engines?.node ?? '')![0]
const direct = Object.keys({ ...ours.dependencies, ...ours.devDependencies })

test.each(direct)('%s runs on the oldest Node that we promise', name => {
  const { engines, version } = manifest(`node_modules/${name}/package.json`)
  if (engines?.node === undefined) return
  expect(nodeRangeHolds(engines.node, oldest), `${name} ${version} asks for Node ${engines.node}`).toBe(true)
})

test('every package that we depend on has its reason in decision 4, and nothing else has', () => {
  const rows = readFileSync('docs/decisions/0004-dependencies.md', 'utf8').matchAll(/^\| (`[^|]+`) \|/gm)
  const named = [...rows].flatMap(([, packages]) => packages!.replaceAll('`', '').split(', '))
  expect(named.sort()).toEqual(direct.filter(name => !name.startsWith('@types/')).sort())
})

test('install scripts are off, for tfjs-node-gpu’s would fetch a library that no current GPU runs', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m)
  expect(existsSync('node_modules/@tensorflow/tfjs-node-gpu/deps')).toBe(false)
})

test.each([
  ['>=18', true],
  ['>= 12.20.55', true],
  ['^20.19.0 || >=22.12.0', true],
  ['20.x || 22.x', true],
  ['^18.18.0 || ^20.9.0 || >=21.1.0', true],
  ['>=14 <21', true],
  ['*', true],
  ['>=20.20.0', false],
  ['^22.13.0 || >=24', false],
  ['~20.18.0', false],
  ['22.x', false],
])('Node 20.19.0 in %s: %s', (range, expected) => {
  expect(nodeRangeHolds(range, '20.19.0')).toBe(expected)
})
