import { expect, test } from 'vitest'
import { everyOption, hasOption, option } from './options'

const words = ['--every', '8', '--set', '{"a":1}', '--crf', '--set', '{"a":-1}']

test('an option is what stands after its name, or the fallback', () => {
  expect(option('every', '1', words)).toBe('8')
  expect(option('seeds', '666', words)).toBe('666')
})

test('an option may be given several times, or have no value', () => {
  expect(everyOption('set', words)).toEqual(['{"a":1}', '{"a":-1}'])
  expect(hasOption('crf', words)).toBe(true)
  expect(hasOption('peer', words)).toBe(false)
})

test('a name without its value is refused', () => {
  expect(() => option('every', '1', ['--every'])).toThrow('--every wants a value.')
  expect(() => option('every', '1', ['--every', '--crf'])).toThrow('--every wants a value.')
})
