import { expect, test } from 'vitest'
import { matchStateDict } from './loadInto'
import type { NamedTensor, StateDict } from '../../shared/tensors/tensors'

const float = (...values: number[]): NamedTensor => ({
  dtype: 'F32',
  shape: [values.length],
  data: Float32Array.from(values),
})
const expected = new Map([
  ['conv.weight', [2]],
  ['conv.bias', [1]],
])
const found = (more: Record<string, NamedTensor> = {}): StateDict =>
  new Map(Object.entries({ 'conv.bias': float(3), 'conv.weight': float(1, 2), ...more }))

test('gives the values in the order of the architecture, other dtypes as float32', () => {
  const half: NamedTensor = { dtype: 'F16', shape: [1], data: Uint16Array.of(0x3c00) }
  const matched = matchStateDict(expected, found({ 'conv.bias': half }), {})
  expect([...matched]).toEqual([
    ['conv.weight', Float32Array.of(1, 2)],
    ['conv.bias', Float32Array.of(1)],
  ])
})

test('names in one sentence all that is missing, not expected, of another shape and not finite', () => {
  const wrong: StateDict = new Map([
    ['conv.weight', float(1, 2, 3)],
    ['fc.weight', float(1)],
    ['scale', float(NaN)],
    ['shift', float(Infinity)],
  ])
  const wanted = new Map([...expected, ['scale', [1]], ['shift', [1]]] as [string, number[]][])
  expect(() => matchStateDict(wanted, wrong, {})).toThrow(
    expect.objectContaining({
      code: 'WEIGHTS_UNREADABLE',
      message:
        'The weights do not fit the network: 1 missing (conv.bias); 1 not expected (fc.weight); ' +
        '1 of another shape (conv.weight [3] instead of [2]); 2 with NaN or infinite values (scale, shift).',
    }),
  )
})

test('a transposed tensor does not fit, though it has as many values', () => {
  const transposed: NamedTensor = { dtype: 'F32', shape: [1, 2], data: Float32Array.of(1, 2) }
  expect(() => matchStateDict(new Map([['w', [2, 1]]]), new Map([['w', transposed]]), {})).toThrow(
    'w [1, 2] instead of [2, 1]',
  )
})

test('what is allowed may be missing or extra', () => {
  const extra = found({ 'fc.weight': float(NaN), num_batches_tracked: float(1) })
  extra.delete('conv.bias')
  const allow = { missing: /bias$/g, extra: /^fc\.|num_batches_tracked/g }
  expect([...matchStateDict(expected, extra, allow).keys()]).toEqual(['conv.weight'])
})

test('of many names eight are listed and the rest is counted', () => {
  const many = new Map(Array.from({ length: 10 }, (_, i) => [`w${i}`, [1]]))
  expect(() => matchStateDict(many, new Map(), {})).toThrow('10 missing (w0, w1, w2, w3, w4, w5, w6, w7 and 2 more).')
})
