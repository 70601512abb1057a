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

/** An ELF-64 file with one section more than the empty one and that of the names, as the System V ABI draws it. */
function elfWith(section: string): Buffer {
  const names = Buffer.from(`\0.shstrtab\0${section}\0`)
  const header = Buffer.alloc(64)
  header.write('\x7fELF\x02\x01\x01', 'latin1')
  header.writeBigUInt64LE(BigInt(64 + names.length), 40) // where the table of sections begins
  header.writeUInt16LE(64, 58) // bytes of a section's header
  header.writeUInt16LE(3, 60) // how many there are
  header.writeUInt16LE(1, 62) // the one that holds the names
  const sections = Buffer.alloc(3 * 64)
  sections.writeUInt32LE(1, 64)
  sections.writeBigUInt64LE(64n, 64 + 24)
  sections.writeBigUInt64LE(BigInt(names.length), 64 + 32)
  sections.writeUInt32LE(1 + '.shstrtab'.length + 1, 128)
  return Buffer.concat([header, names, sections])
}

/** Where a person's TensorFlow lies that was, or was not, built for CUDA. */
function builtTensorFlow(name: string, section: string): string {
  const library = fakeTensorFlow(join(folder, name))
  writeFileSync(join(library, 'libtensorflow_cc.so.2'), elfWith(section))
  return library
}

test('a library that is pointed to computes on the GPU where it was built for CUDA and a device is here', () => {
  const library = builtTensorFlow('cuda', '.nv_fatbin')
  expect(locateEngine({ library }, {}, true)).toEqual({
    ...{ library, require: 'gpu' },
    reason: `pointed to: ${library}, which is built for CUDA; an NVIDIA device is here`,
  })
  expect(locateEngine({ library }, {}, false)).toEqual({
    ...{ library, require: 'cpu' },
    reason: `pointed to: ${library}; no NVIDIA device on this machine`,
  })
  expect(locateEngine({ library, device: 'cpu' }, {}, true)).toEqual({
    ...{ library, require: 'cpu' },
    reason: `pointed to: ${library}; engine.device asks for the CPU`,
  })
  expect(locateEngine({ library, device: 'gpu' }, {}, false)).toMatchObject({ require: 'gpu' })
})

test('a library that is pointed to and built without CUDA says why the device that is here computes nothing', () => {
  const library = builtTensorFlow('plain', '.data.rel.ro')
  expect(locateEngine({ library }, {}, true)).toEqual({
    ...{ library, require: 'cpu' },
    reason: `pointed to: ${library}; an NVIDIA device is here, but this TensorFlow was built without CUDA`,
  })
  expect(() => locateEngine({ library, device: 'gpu' }, {}, true)).toThrow(
    `The TensorFlow in ${library} was built without CUDA`,
  )
})

test('what is installed says the same: for the GPU, without its engine, as asked', () => {
  const environment = empty('both')
  fakeTensorFlow(join(engineFolder('cpu', environment), 'tensorflow'))
  const reasonOf = (device: 'auto' | 'cpu', gpu: boolean) => locateEngine({ device }, environment, gpu).reason
  expect(reasonOf('auto', true)).toBe('an NVIDIA device is here, but the CUDA engine is not installed')
  expect(reasonOf('auto', false)).toBe('no NVIDIA device on this machine')
  fakeTensorFlow(join(engineFolder('cuda', environment), 'tensorflow'))
  expect(reasonOf('auto', true)).toBe('a CUDA device and the CUDA engine are here')
  expect(reasonOf('cpu', true)).toBe('engine.device asks for the CPU')
})

test('prefers the setting to the environment, and the environment to what is installed', () => {
  const environment = empty('three')
  fakeTensorFlow(join(engineFolder('cpu', environment), 'tensorflow'))
  const named = fakeTensorFlow(join(folder, 'named'))
  const set = fakeTensorFlow(join(folder, 'set'))
  const both = { ...environment, MASKWRIGHT_ENGINE_LIBRARY: named }
  expect(locateEngine({}, both, false)).toMatchObject({
    library: named,
    reason: `pointed to: ${named}; no NVIDIA device on this machine`,
  })
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
