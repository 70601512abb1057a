import { expect, test } from 'vitest'
import { assertSurvivesFuzz } from '../../../tests/helpers/fuzz'
import { golden } from '../../../tests/helpers/golden'
import { dict, integer, pickle, tensor, text, tuple } from '../../../tests/helpers/pickleWriter'
import { refusal } from '../../shared/tensors/refusal'
import { collectTensors } from './stateDict'
import { toFloat32, type StateDict } from '../../shared/tensors/tensors'
import { isLegacy, parseLegacy } from './torchLegacy'
import { materialise } from './torchTensors'

const refuse = refusal('WEIGHTS_UNREADABLE', 'net.pth')
const goldenFiles = golden<{ torch: Record<string, string> }>('weights.json').torch
const goldenFile = (name: string): Uint8Array => Buffer.from(goldenFiles[name]!, 'base64')

async function read(bytes: Uint8Array): Promise<StateDict> {
  const { root, storages } = parseLegacy(bytes, refuse)
  return materialise(collectTensors(root, refuse), storage => Promise.resolve(storages.get(storage)!), refuse)
}
const values = (tensors: StateDict): Record<string, number[]> =>
  Object.fromEntries([...tensors].map(([name, found]) => [name, [...toFloat32(found)]]))

const magic = pickle('\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19')
const keys = (...names: readonly string[]): Uint8Array => pickle(`](${names.map(text).join('')}e`)
const littleEndian = pickle(dict({ little_endian: '\x88' }))
const version = pickle('M\xe9\x03')
const sixFloats = Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 0, 0, 0]), floats(0, 1, 2, 3, 4, 5)])
const root = pickle(dict({ w: tensor() }))

function floats(...numbers: number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(numbers).buffer)
}

const stream = (object: Uint8Array, ...rest: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([magic, version, littleEndian, object, ...rest])

test('reads a stream by hand', async () => {
  const bytes = stream(root, keys('0'), sixFloats)
  expect(isLegacy(bytes)).toBe(true)
  expect(values(await read(bytes))).toEqual({ w: [0, 1, 2, 3, 4, 5] })
})

test('reads every dtype that PyTorch wrote', async () => {
  expect(values(await read(goldenFile('dtypes-legacy')))).toEqual({
    ...{ f64: [Math.fround(0.1), -2], f32: [0, 3, 1, 4, 2, 5], f16: [1.5, -2], bf16: [0.33203125, 3] },
    ...{ i64: [-5], i32: [7], i16: [-300], i8: [-3], u8: [200], bool: [1, 0], empty: [], parameter: [1, 1] },
  })
})

test('reads tensors that share a storage, and channels-last ones', async () => {
  const counting = Array.from({ length: 24 }, (_, i) => i)
  expect(values(await read(goldenFile('shared-legacy')))).toEqual({ a: [2, 3], b: [5, 6, 7, 8, 9], c: counting })
})

test('reads a view of a storage, as the first versions described shared tensors', async () => {
  const view = tuple(text('view'), integer(2), integer(3))
  const object = pickle(dict({ w: tensor({ view, offset: 1, size: [2], stride: [1] }) }))
  expect(values(await read(stream(object, keys('0'), sixFloats)))).toEqual({ w: [3, 4] })
})

const beyond = tuple(text('view'), integer(4), integer(3))

test.each([
  ['another magic number', Buffer.concat([pickle('K\x01'), version]), 'does not start with the number that marks'],
  ['another version', Buffer.concat([magic, pickle('K\x01')]), 'its format version is not 1001'],
  [
    'a big-endian machine',
    Buffer.concat([magic, version, pickle(dict({ little_endian: '\x89' }))]),
    'written on a big-endian machine',
  ],
  ['no list of storages', stream(root, pickle('N')), 'its list of storages is missing'],
  ['an unknown storage', stream(root, keys('1'), sixFloats), 'its list of storages names "1" wrongly'],
  ['a storage named twice', stream(root, keys('0', '0'), sixFloats, sixFloats), 'names "0" wrongly'],
  ['a storage without values', stream(root, keys()), 'the values of some of its tensors are missing'],
  ['another number of values', stream(root, keys('0'), Buffer.alloc(8)), 'has 0 elements, 6 were announced'],
  ['an absurd number of values', stream(root, keys('0'), Buffer.alloc(8, 0xff)), 'is not a length'],
  ['too few values', stream(root, keys('0'), sixFloats.subarray(0, -1)), 'it is truncated: 24 bytes wanted'],
  ['bytes after the values', stream(root, keys('0'), sixFloats, Buffer.alloc(3)), '3 bytes follow its last storage'],
  [
    'a view outside its storage',
    stream(pickle(dict({ w: tensor({ view: beyond, size: [3], stride: [1] }) }))),
    'a view outside the storage "0"',
  ],
  [
    'a tensor outside its view',
    stream(pickle(dict({ w: tensor({ view: tuple(text('v'), integer(0), integer(5)) }) }))),
    'larger than its storage of 5',
  ],
])('refuses %s', async (_, bytes, problem) => {
  await expect(read(bytes)).rejects.toThrow(
    expect.objectContaining({ code: 'WEIGHTS_UNREADABLE', message: expect.stringContaining(problem) as string }),
  )
})

test('no broken stream crashes the reader or makes it take memory', async () => {
  await assertSurvivesFuzz(goldenFile('shared-legacy'), read)
})
