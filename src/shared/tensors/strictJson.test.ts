import { expect, test } from 'vitest'
import { JsonNumber, parseStrictJson } from './strictJson'

const parse = (text: string, depth = 4): unknown => parseStrictJson(text, { depth })

test('reads what JSON has, with numbers as written', () => {
  expect(parse(' {"a": [1, -2.5e3, true, null], "\\u00e9\\"": "\\\\"} ')).toEqual(
    new Map<string, unknown>([
      ['a', [new JsonNumber('1'), new JsonNumber('-2.5e3'), true, null]],
      ['é"', '\\'],
    ]),
  )
})

test('a name like __proto__ is a name like any other', () => {
  const parsed = parse('{"__proto__": {"polluted": true}}') as Map<string, unknown>
  expect([...parsed.keys()]).toEqual(['__proto__'])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test.each([
  ['{"a":1,"a":2}', 'occurs twice at character 10'],
  ['{"a":1,"\\u0061":2}', 'occurs twice'],
  ['[[[[[1]]]]]', 'nesting deeper than 4'],
  ['[1,]', 'a value was expected'],
  ['{"a":1,}', `'"' was expected`],
  ['{"a" 1}', `':' was expected`],
  ['[1 2]', `',' was expected`],
  ['[01]', `',' was expected`],
  ['["a', 'a string without an end'],
  ['["\\x"]', 'an invalid escape'],
  ['["\n"]', 'control character'],
  ['[1]]', 'text after the end'],
  ['', 'a value was expected'],
  ['NaN', 'a value was expected'],
])('refuses %s', (text, problem) => {
  expect(() => parse(text)).toThrow(problem)
})
