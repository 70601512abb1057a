import { expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
import { AttributeType, DataType } from './attributes'
import { WorkbenchError } from '../../shared/errors'

const type = (name: string, value: number) => ({ name, type: AttributeType.TYPE, value })
const float = type('T', DataType.FLOAT)

/** The failure of an action that must fail. */
function failureOf(action: () => unknown): WorkbenchError {
  try {
    action()
  } catch (error) {
    if (error instanceof WorkbenchError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const codeOf = (action: () => unknown): string => failureOf(action).code

test.each([
  ['float', DataType.FLOAT, Float32Array.of(1.5, -2, 3e38)],
  ['double', DataType.DOUBLE, Float64Array.of(0.1, -2, 1e300)],
  ['int32', DataType.INT32, Int32Array.of(1, -2, 2147483647)],
  ['bool', DataType.BOOL, Uint8Array.of(1, 0, 1)],
  ['uint8', DataType.UINT8, Uint8Array.of(0, 128, 255)],
  ['half', DataType.HALF, Uint16Array.of(0x3c00, 0xc000, 0x7bff)], // 1, -2, 65504
  ['int64', DataType.INT64, BigInt64Array.of(1n, -2n, 9007199254740993n)],
] as const)('gives back the %s values it was given', (_name, dtype, values) => {
  const { binding } = testEngine()
  const id = binding.createTensor([3], dtype, values)
  expect(binding.tensorDataSync(id)).toEqual(values)
  binding.deleteTensor(id)
})

test('gives back strings byte by byte, long, empty and not ASCII', () => {
  const { binding } = testEngine()
  const long = 'x'.repeat(100)
  const id = binding.createTensor([2, 2], DataType.STRING, ['Katze', 'été', '', long])
  const texts = (binding.tensorDataSync(id) as Uint8Array[]).map(bytes => Buffer.from(bytes).toString('utf8'))
  expect(texts).toEqual(['Katze', 'été', '', long])
  binding.deleteTensor(id)
})

test('gives back tensors without elements', () => {
  const { binding } = testEngine()
  const id = binding.createTensor([0, 4], DataType.FLOAT, new Float32Array(0))
  expect(binding.tensorDataSync(id)).toEqual(new Float32Array(0))
  binding.deleteTensor(id)
})

test('refuses values that do not fill the shape, with both sizes', () => {
  const { binding } = testEngine()
  expect(() => binding.createTensor([2, 2], DataType.FLOAT, Float32Array.of(1, 2, 3))).toThrow(
    'a tensor of shape [2, 2] takes 16 bytes, 12 were given',
  )
  expect(() => binding.createTensor([3], DataType.STRING, ['a', 'b'])).toThrow(
    'a tensor of shape [3] takes 3 strings, 2 were given',
  )
})

test('keeps a variable of TensorFlow behind a resource handle', () => {
  const { binding } = testEngine()
  const before = binding.getNumOfTensors()
  const [handle] = binding.executeOp(
    'VarHandleOp',
    [
      { name: 'container', type: AttributeType.STRING, value: '' },
      { name: 'shared_name', type: AttributeType.STRING, value: 'binding-test' },
      type('dtype', DataType.FLOAT),
      { name: 'shape', type: AttributeType.SHAPE, value: [2] },
    ],
    [],
    1,
  )
  expect(handle).toMatchObject({ dtype: DataType.RESOURCE, shape: [] })
  const value = binding.createTensor([2], DataType.FLOAT, Float32Array.of(3, 4))
  const dtype = [type('dtype', DataType.FLOAT)]
  expect(binding.executeOp('AssignVariableOp', dtype, [handle!.id, value], 0)).toEqual([])
  binding.executeOp('AssignAddVariableOp', dtype, [handle!.id, value], 0)
  const [read] = binding.executeOp('ReadVariableOp', dtype, [handle!.id], 1)
  expect(binding.tensorDataSync(read!.id)).toEqual(Float32Array.of(6, 8))
  binding.executeOp(
    'DestroyResourceOp',
    [{ name: 'ignore_lookup_error', type: AttributeType.BOOL, value: false }],
    [handle!.id],
    0,
  )
  for (const id of [handle!.id, value, read!.id]) binding.deleteTensor(id)
  expect(binding.getNumOfTensors()).toBe(before)
})

test('sets attributes of every kind, lists too: a strided, padded maximum', () => {
  const { binding } = testEngine()
  const x = binding.createTensor([1, 3, 3, 1], DataType.FLOAT, Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))
  const [y] = binding.executeOp(
    'MaxPool',
    [
      float,
      { name: 'ksize', type: AttributeType.INT, value: [1, 2, 2, 1] },
      { name: 'strides', type: AttributeType.INT, value: [1, 2, 2, 1] },
      { name: 'padding', type: AttributeType.STRING, value: 'EXPLICIT' },
      { name: 'explicit_paddings', type: AttributeType.INT, value: [0, 0, 1, 0, 1, 0, 0, 0] },
      { name: 'data_format', type: AttributeType.STRING, value: 'NHWC' },
    ],
    [x],
    1,
  )
  expect(y!.shape).toEqual([1, 2, 2, 1])
  expect(binding.tensorDataSync(y!.id)).toEqual(Float32Array.of(1, 3, 7, 9)) // windows begin one pixel outside
  binding.deleteTensor(x)
  binding.deleteTensor(y!.id)
})

test('gives every output of an operation', () => {
  const { binding } = testEngine()
  const axis = binding.createTensor([], DataType.INT32, Int32Array.of(0))
  const x = binding.createTensor([4], DataType.FLOAT, Float32Array.of(1, 2, 3, 4))
  const parts = binding.executeOp(
    'Split',
    [float, { name: 'num_split', type: AttributeType.INT, value: 2 }],
    [axis, x],
    2,
  )
  expect(parts.map(({ id }) => [...(binding.tensorDataSync(id) as Float32Array)])).toEqual([
    [1, 2],
    [3, 4],
  ])
  for (const id of [axis, x, ...parts.map(part => part.id)]) binding.deleteTensor(id)
})

test('an operation that fails says so in TensorFlow’s words with the shapes, and leaves the engine usable', () => {
  const { binding } = testEngine()
  const a = binding.createTensor([2, 3], DataType.FLOAT, new Float32Array(6))
  const before = binding.getNumOfTensors()
  const multiply = () =>
    binding.executeOp(
      'MatMul',
      [
        float,
        { name: 'transpose_a', type: AttributeType.BOOL, value: false },
        { name: 'transpose_b', type: AttributeType.BOOL, value: false },
      ],
      [a, a],
      1,
    )
  expect(multiply).toThrow(/operation MatMul on \[2, 3\], \[2, 3\]: .*Matrix size-incompatible: In\[0\]: \[2,3\]/s)
  expect(codeOf(multiply)).toBe('ENGINE_FAILED')
  expect(binding.getNumOfTensors()).toBe(before)
  const [y] = binding.executeOp('Relu', [float], [a], 1)
  for (const id of [a, y!.id]) binding.deleteTensor(id)
})

test('refuses an operation that does not exist, and a kind of attribute it does not know', () => {
  const { binding } = testEngine()
  const a = binding.createTensor([1], DataType.FLOAT, Float32Array.of(1))
  expect(() => binding.executeOp('Rellu', [float], [a], 1)).toThrow(/Rellu/)
  expect(() => binding.executeOp('Relu', [{ name: 'T', type: 42, value: 1 }], [a], 1)).toThrow(
    'attribute T has kind 42',
  )
  binding.deleteTensor(a)
})

test('a tensor used after it was deleted is a mistake of ours', () => {
  const { binding } = testEngine()
  const a = binding.createTensor([1], DataType.FLOAT, Float32Array.of(1))
  binding.deleteTensor(a)
  expect(codeOf(() => binding.tensorDataSync(a))).toBe('INTERNAL')
  expect(codeOf(() => binding.deleteTensor(a))).toBe('INTERNAL')
  expect(codeOf(() => binding.executeOp('Relu', [float], [a], 1))).toBe('INTERNAL')
})

test('counts tensors and bytes, and remembers the most', () => {
  const { binding } = testEngine()
  binding.resetPeak()
  const [tensors, { bytes }] = [binding.getNumOfTensors(), binding.memory()]
  const ids = [1, 2, 3].map(() => binding.createTensor([5], DataType.FLOAT, new Float32Array(5)))
  expect(binding.getNumOfTensors()).toBe(tensors + 3)
  expect(binding.memory()).toEqual({ bytes: bytes + 60, peakBytes: bytes + 60 })
  ids.forEach(id => binding.deleteTensor(id))
  expect(binding.memory()).toEqual({ bytes, peakBytes: bytes + 60 })
})

test('a result larger than any memory is OUT_OF_MEMORY, and the engine goes on', () => {
  const { binding } = testEngine()
  const huge = binding.createTensor([2], DataType.INT64, BigInt64Array.of(1n << 30n, 1n << 16n)) // 2^48 bytes
  const zero = binding.createTensor([], DataType.FLOAT, Float32Array.of(0))
  const before = binding.getNumOfTensors()
  const fill = () => binding.executeOp('Fill', [float, type('index_type', DataType.INT64)], [huge, zero], 1)
  // Once, not twice: TensorFlow asks its allocator again for ten seconds before it gives up.
  expect(failureOf(fill)).toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringContaining('OOM when allocating tensor'),
  })
  expect(binding.getNumOfTensors()).toBe(before)
  const [y] = binding.executeOp('Relu', [float], [zero], 1)
  expect(binding.tensorDataSync(y!.id)).toEqual(Float32Array.of(0))
  for (const id of [huge, zero, y!.id]) binding.deleteTensor(id)
})

test('tfjs computes through it: strings, integers and booleans', () => {
  const { tf } = testEngine()
  expect(tf.getBackend()).toBe('tensorflow')
  tf.tidy(() => {
    expect(tf.tensor1d(['a', 'ü']).dataSync()).toEqual(['a', 'ü'])
    expect([...tf.tensor1d([7, 9], 'int32').mod(tf.scalar(4, 'int32')).dataSync()]).toEqual([3, 1])
    expect([...tf.tensor1d([1, 5]).greater(3).dataSync()]).toEqual([0, 1])
    expect(
      tf
        .matMul(
          tf.tensor2d([
            [1, 2],
            [3, 4],
          ]),
          tf.tensor2d([[5], [6]]),
        )
        .arraySync(),
    ).toEqual([[17], [39]])
  })
})
