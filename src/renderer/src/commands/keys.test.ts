import { expect, test } from 'vitest'
import type { ShownCommand } from './command'
import { conflictsOf } from './conflicts'
import { normalPress, pressName, pressOf } from './keys'

/** A key event with these modifiers down. */
function event(code: string, key: string, ...down: string[]) {
  return { code, key, getModifierState: (name: string) => down.includes(name) }
}

test('a press is named as it is printed', () => {
  expect(pressName('Shift+KeyP')).toBe('Shift+P')
  expect(pressName('BracketLeft')).toBe('[')
  expect(pressName('Digit3')).toBe('3')
  expect(pressName('Alt+ArrowUp')).toBe('Alt+↑')
})

test('what Shift prints is named by itself where the layout is known to print it', () => {
  expect(pressName('Shift+Slash')).toBe('?')
  expect(pressName('Shift+Slash', new Map([['Slash', '-']]))).toBe('Shift+-')
  expect(pressName('Shift+ArrowUp')).toBe('Shift+↑')
})

test("a press is named in the person's own layout", () => {
  const french = new Map([['KeyQ', 'a']])
  expect(pressName('KeyQ', french)).toBe('A')
})

test('the place of the key counts and not its letter', () => {
  expect(pressOf(event('KeyQ', 'a'))).toBe('KeyQ')
})

test('modifiers alone are no press', () => {
  expect(pressOf(event('ShiftLeft', 'Shift', 'Shift'))).toBeUndefined()
})

test('modifiers come in one order', () => {
  expect(normalPress('Shift+Control+KeyZ')).toBe(pressOf(event('KeyZ', 'Z', 'Control', 'Shift')))
})

test('$mod is the key of this machine', () => {
  expect(normalPress('$mod+KeyK')).toMatch(/^(Control|Meta)\+KeyK$/)
})

test('two commands on one press are told of each other, however it is spelled', () => {
  const command = (id: string, ...keys: string[]): ShownCommand => ({
    id,
    title: id,
    group: 'Test',
    enabled: true,
    keys,
    changed: false,
  })
  const conflicts = conflictsOf([
    command('a', 'Shift+Control+KeyZ'),
    command('b', 'Control+Shift+KeyZ', 'KeyB'),
    command('c', 'KeyC'),
  ])
  expect([...conflicts].map(([id, others]) => [id, others.map(other => other.id)])).toEqual([
    ['a', ['b']],
    ['b', ['a']],
  ])
})
