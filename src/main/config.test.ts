import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/helpers/temporaryFolder'
import { otherVariables, readConfig, settingKeys, threadCounts, variableName } from './config'

function withFile(text: string, environment: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, text)
  return { ...environment, MASKWRIGHT_CONFIG: file }
}

test('without a file and variables every setting has its default', () => {
  expect(readConfig({ MASKWRIGHT_CONFIG: '/no/such/file.yaml' })).toEqual({
    engine: { device: 'auto', memoryFraction: 0 },
    compute: { isolation: 'thread', engineThreads: 0, poolThreads: 0 },
    cache: { budgetGigabytes: 8 },
  })
})

test('the environment wins over the file, setting by setting', () => {
  const environment = withFile('compute: { isolation: process, engineThreads: 2 }\ncache: { budgetGigabytes: 1 }', {
    MASKWRIGHT_COMPUTE_ENGINE_THREADS: '4',
    MASKWRIGHT_ENGINE_LIBRARY: '/opt/tensorflow',
  })
  const config = readConfig(environment)
  expect(config.compute).toEqual({ isolation: 'process', engineThreads: 4, poolThreads: 0 })
  expect(config.engine.library).toBe('/opt/tensorflow')
  expect(config.cache.budgetGigabytes).toBe(1)
})

test.each([
  ['engin: { device: cpu }', 'There is no setting "engin"', 'did you mean "engine"?'],
  ['engine: { devise: cpu }', 'There is no setting "engine.devise"', 'did you mean "engine.device"?'],
  ['engine: { device: tpu }', 'engine.device must be one of "auto", "cpu", "gpu", got "tpu"', 'config.yaml'],
  ['compute: { poolThreads: -1 }', 'compute.poolThreads must be ≥ 0, got -1', 'config.yaml'],
  ['cache: 8', 'cache must be a group of keys, got 8', 'config.yaml'],
  ['engine: [', 'Cannot read the settings in', 'config.yaml'],
])('the file "%s" is refused', (text, ...parts) => {
  for (const part of parts) expect(() => readConfig(withFile(text))).toThrow(part)
})

test('a settings file that is a folder is refused by its name', () => {
  const folder = temporaryFolder()
  expect(() => readConfig({ MASKWRIGHT_CONFIG: folder })).toThrow(
    `Cannot read the settings in ${folder} (EISDIR: illegal operation on a directory, read): make it a file`,
  )
})

test('a broken setting is told with its line', () => {
  const text = '# mine\nengine:\n  device: auto\n  devise: cpu\n'
  expect(() => readConfig(withFile(text))).toThrow('config.yaml, line 4): did you mean "engine.device"?')
  expect(() => readConfig(withFile('compute:\n  poolThreads: -1'))).toThrow('config.yaml, line 2).')
})

test('a variable that no setting stands behind is refused with the nearest', () => {
  const environment = { MASKWRIGHT_CONFIG: '/no/such/file.yaml', MASKWRIGHT_ENGINE_DEVISE: 'cpu' }
  expect(() => readConfig(environment)).toThrow('did you mean "MASKWRIGHT_ENGINE_DEVICE"?')
})

test('the guide names every setting and every other variable', () => {
  const guide = readFileSync('docs/guide/README.md', 'utf8')
  const unnamed = [...settingKeys(), ...otherVariables].filter(name => !guide.includes(`\`${name}\``))
  expect(unnamed).toEqual([])
})

test('every variable that the repository speaks of is a setting or stands among the others', () => {
  const root = join(import.meta.dirname, '../..')
  const misspelt = 'MASKWRIGHT_ENGINE_DEVISE' // by the tests of what is said then
  const spoken = ['bench', 'bin', 'docs', 'scripts', 'src', 'tests'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !/\.(png|jpe?g|webp)$/.test(entry.name))
      .flatMap(
        ({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8').match(/MASKWRIGHT_[A-Z_]*[A-Z]/g) ?? [],
      ),
  )
  const known = [...settingKeys().map(variableName), ...otherVariables]
  expect([...new Set(spoken)].filter(name => !known.includes(name))).toEqual([misspelt])
  expect(readConfig({ MASKWRIGHT_CONFIG: '/no/such/file.yaml', MASKWRIGHT_CRF_PYTHON: 'python3' })).toBeDefined()
})

test('the engine and the pool have every core, unless a setting says how many', () => {
  const file = '/no/such/file.yaml'
  const unset = readConfig({ MASKWRIGHT_CONFIG: file })
  expect(threadCounts(unset, 8, 'linux')).toEqual({ engine: 8, pool: 8 })
  expect(threadCounts(unset, 8, 'darwin')).toEqual({ engine: 8, pool: 7 })
  expect(threadCounts(unset, 1, 'win32')).toEqual({ engine: 1, pool: 1 })
  const fewer = readConfig({ MASKWRIGHT_CONFIG: file, MASKWRIGHT_COMPUTE_POOL_THREADS: '3' })
  expect(threadCounts(fewer, 8)).toEqual({ engine: 8, pool: 3 })
})
