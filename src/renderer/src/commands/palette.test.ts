import { expect, test } from 'vitest'
import { markedParts, rankEntries, type PaletteEntry } from './palette'

const entry = (id: string, title: string, more: Partial<PaletteEntry> = {}): PaletteEntry => ({
  id,
  kind: 'command',
  title,
  enabled: true,
  run: () => undefined,
  ...more,
})
const ids = (query: string, entries: readonly PaletteEntry[], recent: readonly string[] = []) =>
  rankEntries(query, entries, recent).map(row => row.entry.id)

test('before anything is typed, what was used lately comes first and classes are left out', () => {
  const entries = [entry('a', 'Alpha'), entry('b', 'Beta'), entry('c', 'cat', { kind: 'class' })]
  expect(ids('', entries, ['b'])).toEqual(['b', 'a'])
})

test('a class that was opened lately is offered again', () => {
  expect(ids('', [entry('a', 'Alpha'), entry('c', 'cat', { kind: 'class' })], ['c'])).toEqual(['c', 'a'])
})

test('the group finds a command too, behind those whose title is met', () => {
  const entries = [entry('start', 'Start', { detail: 'Runs' }), entry('runs', 'Go to the runs')]
  expect(ids('runs', entries)).toEqual(['runs', 'start'])
})

test('what cannot be done now goes behind', () => {
  const entries = [entry('a', 'Pause', { enabled: false }), entry('b', 'Paste')]
  expect(ids('pa', entries)).toEqual(['b', 'a'])
})

test('the letters that were met are parted from the others', () => {
  expect(markedParts('Go to runs', [0, 6, 7])).toEqual([
    { text: 'G', met: true },
    { text: 'o to ', met: false },
    { text: 'ru', met: true },
    { text: 'ns', met: false },
  ])
})
