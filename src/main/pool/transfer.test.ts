import { expect, test } from 'vitest'
import { transferables } from './transfer'

test('every typed array in plain data is found once', () => {
  const a = new Uint8Array(3)
  const b = new Float64Array(2)
  expect(transferables({ list: [{ a }, { a, n: 1 }], b, text: 'x', none: null, numbers: [1, 2] })).toEqual([
    a.buffer,
    b.buffer,
  ])
})

test('views of a part and Buffers are copied instead', () => {
  expect(transferables({ part: new Uint8Array(9).subarray(2), buffer: Buffer.from('abc') })).toEqual([])
})
