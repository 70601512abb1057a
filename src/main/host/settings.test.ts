import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { storeSettings, viewSettings } from './settings'

/** An environment whose settings file holds `text`; none yet where it is left out. */
function settings(text?: string, more: NodeJS.ProcessEnv = {}) {
  const file = join(temporaryFolder(), 'folder', '..', 'config.yaml')
  if (text !== undefined) writeFileSync(file, text)
  return { file, environment: { ...more, MASKWRIGHT_CONFIG: file } }
}

function field(environment: NodeJS.ProcessEnv, key: string) {
  return viewSettings(environment).fields.find(each => each.key === key)
}

test('a form has all it draws: kind, bounds, default, reason', () => {
  const { environment } = settings()
  expect(field(environment, 'compute.engineThreads')).toMatchObject({
    kind: 'whole',
    minimum: 0,
    maximum: 256,
    usual: 0,
    value: null,
    reason: expect.stringContaining('0: every core') as string,
  })
  expect(field(environment, 'engine.device')).toMatchObject({ kind: 'choice', choices: ['auto', 'cpu', 'gpu'] })
  expect(field(environment, 'engine.library')).toMatchObject({ kind: 'text', usual: null })
})

test('a variable that wins over the file is shown with what it says', () => {
  const { environment } = settings('engine: { device: gpu }', { MASKWRIGHT_ENGINE_DEVICE: 'cpu' })
  expect(field(environment, 'engine.device')).toMatchObject({
    value: 'gpu',
    overriddenBy: 'cpu',
    variable: 'MASKWRIGHT_ENGINE_DEVICE',
  })
})

test('a broken file is shown with its line, and nothing is taken from it', () => {
  const view = viewSettings(settings('engine:\n  device: tpu\n').environment)
  expect(view.problem).toContain('line 2')
  expect(view.lines).toContain('  device: tpu')
  expect(view.fields.every(({ value }) => value === null)).toBe(true)
})

test('a value is written beside the comments, null takes it back', async () => {
  const { file, environment } = settings('# mine\nengine:\n  device: cpu # why\n  memoryFraction: 0.5\n')
  await storeSettings({ 'engine.device': 'gpu', 'engine.memoryFraction': null }, environment)
  expect(readFileSync(file, 'utf8')).toBe('# mine\nengine:\n  device: gpu # why\n')
})

test('a value out of bounds leaves the file as it was', async () => {
  const { file, environment } = settings()
  await expect(storeSettings({ 'compute.poolThreads': 300 }, environment)).rejects.toThrow('must be ≤ 256, got 300')
  expect(existsSync(file)).toBe(false)
})

test('a key that is none is refused with the nearest', async () => {
  const { environment } = settings()
  await expect(storeSettings({ 'engine.devise': 'cpu' }, environment)).rejects.toThrow('did you mean "engine.device"?')
})
