import { expect, test } from 'vitest'
import type { Prototype } from '../../../../shared/contract/prototypes'
import { isOn, selectionOf, selectionSettings, switchesFromText, switchesToText, turned } from './prototypeSwitches'

const prototype = (id: string, chosen: boolean): Prototype => ({
  ...{ id, chosen, side: id.startsWith('f') ? 'foreground' : 'context' },
  ...{ count: 1, probability: 1, switched: null, patches: [] },
})
const prototypes = [prototype('f1', true), prototype('f2', false), prototype('c1', true)]

test('switches survive the address, and what cannot be read is left out', () => {
  const switches = [
    { place: 0, id: 'f1', on: false },
    { place: 12, id: 'c3', on: true },
  ]
  const of = { run: 3, step: 'lpcam' }
  expect(switchesToText(switches, of)).toBe('3/lpcam:0-f1,12_c3')
  expect(switchesFromText(switchesToText(switches, of), of)).toEqual(switches)
  expect(switchesFromText('3/lpcam:0-f1,x,0-f0,1-g2,<b>', of)).toEqual([{ place: 0, id: 'f1', on: false }])
  expect([switchesToText([], of), switchesFromText(undefined, of)]).toEqual([undefined, []])
})

test('switches of another run or step are none of this one', () => {
  expect(switchesFromText('3/lpcam:0-f1', { run: 4, step: 'lpcam' })).toEqual([])
  expect(switchesFromText('3/lpcam:0-f1', { run: 3, step: 'lpcam-2' })).toEqual([])
  expect(switchesFromText('0-f1', { run: 3, step: 'lpcam' })).toEqual([])
})

test('a prototype that is switched back is no switch any more', () => {
  const off = turned([], 0, prototypes[0]!, false)
  expect(selectionOf({ prototypes }, off, 0)).toEqual({ foreground: [false, false], context: [true] })
  expect(selectionOf({ prototypes }, off, 1)).toEqual({ foreground: [true, false], context: [true] })
  expect(turned(off, 0, prototypes[0]!, true)).toEqual([])
  expect(isOn(turned(off, 0, prototypes[1]!, true), 0, prototypes[1]!)).toBe(true)
})

test('a new run takes the prototypes of this one, with what was and what is switched', () => {
  const of = { run: 3, step: 'lpcam', drop: ['cat/f4', 'cat/f1'], keep: ['a, "b"/c1'] }
  const switches = [
    { place: 0, id: 'f1', on: true },
    { place: 1, id: 'c2', on: false },
  ]
  expect(selectionSettings(of, switches, ['cat', 'a, "b"'])).toEqual([
    'lpcam.prototypes=3/lpcam',
    'lpcam.drop=["cat/f4","a, \\"b\\"/c2"]',
    'lpcam.keep=["a, \\"b\\"/c1","cat/f1"]',
  ])
})
