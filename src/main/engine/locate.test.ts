import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locateEngine } from './locate'
import { engineFolder } from './paths'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskwright-locate-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A data folder with nothing in it, and no engine named. */
function empty(name: string): NodeJS.ProcessEnv {
  return { MASKWRIGHT_DATA: join(folder, name) }
}

function fakeTensorFlow(at: string): string {
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    mkdirSync(at, { recursive: true })
    writeFileSync(join(at, name), '')
  }
  return at
}

test('names the command where nothing is installed', () => {
  expect(() => locateEngine({ device: 'cpu' }, empty('nothing'))).toThrow(
    'No TensorFlow engine is installed. Run `maskwright engine install`.',
  )
  expect(() => locateEngine({ device: 'gpu' }, empty('nothing'))).toThrow('maskwright engine install cuda')
})

test('finds the engine installed in the data folder', () => {
  const environment = empty('installed')
  const library = fakeTensorFlow(join(engineFolder('cpu', environment), 'tensorflow'))
  expect(locateEngine({ device: 'cpu' }, environment)).toMatchObject({ library, require: 'cpu' })
})

test('takes half an installation for none', () => {
  const environment = empty('half')
  const library = fakeTensorFlow(join(engineFolder('cpu', environment), 'tensorflow'))
  rmSync(join(library, 'libtensorflow_framework.so.2'))
  expect(() => locateEngine({ device: 'cpu' }, environment)).toThrow('engine install')
})

test('prefers the setting to the environment, and the environment to what is installed', () => {
  const environment = empty('three')
  fakeTensorFlow(join(engineFolder('cpu', environment), 'tensorflow'))
  const named = fakeTensorFlow(join(folder, 'named'))
  const set = fakeTensorFlow(join(folder, 'set'))
  const both = { ...environment, MASKWRIGHT_ENGINE_LIBRARY: named }
  expect(locateEngine({}, both)).toMatchObject({ library: named, reason: `pointed to: ${named}` })
  expect(locateEngine({ library: set }, both).library).toBe(set)
})

test('accepts a virtual environment or a pip target', () => {
  const library = fakeTensorFlow(join(folder, 'venv/lib/python3.12/site-packages/tensorflow'))
  expect(locateEngine({ library: join(folder, 'venv') }, {}).library).toBe(library)
  expect(locateEngine({ library: dirname(library) }, {}).library).toBe(library)
})

test('refuses a folder without TensorFlow, naming it and what was looked for', () => {
  expect(() => locateEngine({ library: folder }, {})).toThrow(`No libtensorflow_cc.so.2 in ${folder}`)
})
