import { expect, test } from 'vitest'
import { changeSettings, parseSettings } from './settingsText'

const text = `# of the lab's machine
engine:
  device: cpu # the GPU is for others

cache:
  budgetGigabytes: 20
`

test('a value is changed in its place, and comments stay', () => {
  expect(changeSettings(text, { 'engine.device': 'auto' }, 'f')).toBe(text.replace('cpu', 'auto'))
})

test('a new value goes into its group, a new group to the end', () => {
  const changed = changeSettings(text, { 'engine.memoryFraction': 0.5, 'compute.poolThreads': 2 }, 'f')
  expect(changed).toContain('  device: cpu # the GPU is for others\n  memoryFraction: 0.5\n')
  expect(changed.trimEnd().endsWith('compute:\n  poolThreads: 2')).toBe(true)
})

test('what is set back to its default leaves the file, and its group with it', () => {
  expect(changeSettings(text, { 'cache.budgetGigabytes': undefined }, 'f')).not.toContain('cache')
})

test('a file that does not exist yet begins with the first value', () => {
  expect(changeSettings('', { 'engine.device': 'gpu' }, 'f')).toBe('engine:\n  device: gpu\n')
})

test('a file of comments alone keeps them', () => {
  expect(changeSettings('# mine\n', { 'engine.device': 'gpu' }, 'f')).toContain('# mine\n')
})

test('taking back the only value leaves an empty file', () => {
  expect(changeSettings('engine:\n  device: gpu\n', { 'engine.device': undefined }, 'f')).toBe('')
})

test('a key is found by its line', () => {
  const { lineOf } = parseSettings(text, 'f')
  expect(lineOf(['engine', 'device'])).toBe(3)
  expect(lineOf(['cache'])).toBe(5)
  expect(lineOf(['cache', 'missing'])).toBe(5)
  expect(lineOf(['nowhere'])).toBeUndefined()
})

test('what is no YAML is refused with its line', () => {
  expect(() => parseSettings('engine:\n  device: [cpu\n', '/f.yaml')).toThrow('in /f.yaml, line 3')
})
