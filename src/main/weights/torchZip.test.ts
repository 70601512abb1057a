import { expect, test } from 'vitest'
import { bytesAsSource } from '../../../tests/helpers/bytesAsSource'
import { assertSurvivesFuzz } from '../../../tests/helpers/fuzz'
import { golden } from '../../../tests/helpers/golden'
import { call, dict, emptyOrderedDict, named, pickle, tensor, text, tuple } from '../../../tests/helpers/pickleWriter'
import { writeZip, type ZipMemberInput, type ZipOptions } from '../../../tests/helpers/zipWriter'
import { refusal } from '../../shared/tensors/refusal'
import { toFloat32, type StateDict } from '../../shared/tensors/tensors'
import { readTorchZip } from './torchZip'

const goldenFiles = golden<{ torch: Record<string, string> }>('weights.json').torch
const goldenFile = (name: string): Uint8Array => Buffer.from(goldenFiles[name]!, 'base64')
const read = (bytes: Uint8Array): Promise<StateDict> =>
  readTorchZip(bytesAsSource(bytes, 'net.pth'), refusal('WEIGHTS_UNREADABLE', 'net.pth'))
const values = (tensors: StateDict): Record<string, number[]> =>
  Object.fromEntries([...tensors].map(([name, found]) => [name, [...toFloat32(found)]]))

const sixFloats = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer)
/** `{w: arange(6).reshape(2, 3).t()}` as PyTorch 1.13 pickled it. */
const transposed = Buffer.from(
  '800263636f6c6c656374696f6e730a4f726465726564446963740a710029527101580100000077710263746f7263682e5f7574696c730a5f' +
    '72656275696c645f74656e736f725f76320a71032828580700000073746f72616765710463746f7263680a466c6f617453746f7261' +
    '67650a71055801000000307106580300000063707571074b06747108514b004b034b028671094b014b0386710a8968002952710b74' +
    '710c52710d732e',
  'hex',
)

function archive(data: Uint8Array, more: readonly ZipMemberInput[] = [], options?: ZipOptions): Uint8Array {
  const members = [
    { name: 'w/data.pkl', data },
    { name: 'w/data/0', data: sixFloats },
    { name: 'w/version', data: Buffer.from('3\n') },
  ]
  return writeZip([...members, ...more], options)
}

test.each([
  ['as any zip writer makes it', {}],
  ['with data descriptors and zeroed local sizes', { descriptors: true }],
  ['with a ZIP64 directory', { descriptors: true, zip64: true }],
])('reads a transposed tensor, %s', async (_, options) => {
  const tensors = await read(archive(transposed, [], options))
  expect(tensors.get('w')).toEqual({ dtype: 'F32', shape: [3, 2], data: Float32Array.of(0, 3, 1, 4, 2, 5) })
})

test('reads every dtype that PyTorch wrote', async () => {
  const tensors = await read(goldenFile('dtypes-zip'))
  expect(values(tensors)).toEqual({
    ...{ f64: [Math.fround(0.1), -2], f32: [0, 3, 1, 4, 2, 5], f16: [1.5, -2], bf16: [0.33203125, 3] },
    ...{ i64: [-5], i32: [7], i16: [-300], i8: [-3], u8: [200], bool: [1, 0], empty: [], parameter: [1, 1] },
  })
  expect([...tensors.keys()]).toEqual('f64 f32 f16 bf16 i64 i32 i16 i8 u8 bool empty parameter'.split(' '))
  expect(tensors.get('empty')?.shape).toEqual([0, 3])
  expect(tensors.get('i64')?.shape).toEqual([])
})

test('reads a state_dict with _metadata', async () => {
  const tensors = await read(goldenFile('module-zip'))
  expect([...tensors.keys()]).toEqual([
    ...['0.weight', '0.bias', '1.weight', '1.bias', '1.running_mean', '1.running_var', '1.num_batches_tracked'],
  ])
  expect(tensors.get('0.weight')).toEqual({ dtype: 'F32', shape: [1, 1, 1, 1], data: Float32Array.of(0.5) })
})

test('finds the weights beside epoch, learning rate and optimizer', async () => {
  expect((await read(goldenFile('checkpoint-zip'))).size).toBe(7)
})

test('reads tensors that share a storage, and channels-last ones', async () => {
  const counting = Array.from({ length: 24 }, (_, i) => i)
  expect(values(await read(goldenFile('shared-zip')))).toEqual({ a: [2, 3], b: [5, 6, 7, 8, 9], c: counting })
})

test('reads files whose writer was told to compute no CRC', async () => {
  expect(values(await read(goldenFile('no-crc-zip')))).toEqual({ w: [0, 1, 2, 3, 4, 5] })
})

const state = (value: string): Uint8Array => archive(pickle(dict({ w: value })))
const one = { name: 'w/data.pkl', data: transposed }
const values6 = { name: 'w/data/0', data: sixFloats }

test.each([
  ['a whole pickled module', goldenFile('whole-module-zip'), 'names the Python object "torch.nn'],
  ['pickle protocol 4', goldenFile('protocol4-zip'), 'pickle protocol 4 is not accepted'],
  ['a TorchScript program', goldenFile('script-zip'), 'it is a TorchScript program, not weights'],
  ['a call of a storage class', state(call('torch', 'FloatStorage')), 'a call of torch FloatStorage'],
  ['a rebuilder that PyTorch would allow', state(named('torch._utils', '_rebuild_qtensor')), '_rebuild_qtensor'],
  ['codecs', state(named('_codecs', 'encode')), '"_codecs.encode"'],
  ['a persistent id that is no storage', state(tensor({ kind: 'module' })), 'a persistent id that is not a storage'],
  ['a persistent id that is no tuple', state(`${text('0')}Q`), 'a persistent id that is not a storage'],
  ['a stride of 0 over 1e12 elements', state(tensor({ size: [1e12], stride: [0] })), '[1000000000000] larger than its'],
  ['sizes beyond counting', state(tensor({ size: [2 ** 40, 2 ** 40], stride: [0, 0] })), 'larger than its storage'],
  ['a negative size', state(tensor({ size: [-1, 6] })), 'a tensor with an invalid shape'],
  ['a negative stride', state(tensor({ stride: [-3, 1] })), 'a tensor with an invalid shape'],
  ['an offset out of range', state(tensor({ offset: 1 })), 'reaches element 6 of a storage of 6'],
  ['a stride out of range', state(tensor({ stride: [4, 1] })), 'reaches element 6 of a storage of 6'],
  ['two sizes and one stride', state(tensor({ stride: [1] })), '2 sizes and 1 strides'],
  ['nine axes', state(tensor({ size: Array(9).fill(1), stride: Array(9).fill(1) })), '9 sizes'],
  ['hooks', state(tensor({ tail: '}' })), 'a tensor with hooks'],
  ['a conjugated tensor', state(tensor({ tail: emptyOrderedDict + dict({ conj: '\x88' }) })), 'a tensor with flags'],
  ['an unknown storage class', state(tensor({ storageClass: 'QInt8Storage' })), '"torch.QInt8Storage"'],
  ['a storage larger than its member', state(tensor({ count: 7 })), 'storage "0" has 24 bytes, 28 were announced'],
  ['a storage without a member', state(tensor({ key: '1' })), 'values of the storage "1" are missing'],
  ['a key that leaves the archive', state(tensor({ key: '../../etc/passwd' })), 'are missing'],
  [
    'one storage with two lengths',
    archive(pickle(dict({ a: tensor(), b: tensor({ count: 5, size: [5], stride: [1] }) }))),
    'storage "0" is described twice, differently',
  ],
  ['no tensors', archive(pickle(dict({ epoch: 'K\x03' }))), 'it holds no state_dict: no tensors at its top level'],
  ['bytes after the pickle', archive(Buffer.concat([transposed, Buffer.from('x')])), '1 bytes follow the end'],
  ['an OrderedDict made of items', state(call('collections', 'OrderedDict', tuple())), 'an OrderedDict made from'],
  ['a big-endian file', archive(transposed, [{ name: 'w/byteorder', data: Buffer.from('big') }]), '"big"-endian'],
  ['a deflated member', writeZip([one, { ...values6, deflate: true }]), '"w/data/0" is compressed'],
  ['an encrypted member', writeZip([one, { ...values6, encrypted: true }]), '"w/data/0" is encrypted'],
  ['a duplicate member', archive(transposed, [values6]), 'it holds "w/data/0" twice'],
  ['a member outside the folder', archive(transposed, [{ ...values6, name: '../x' }]), '"../x" is outside the folder'],
  [
    'two names for one member',
    writeZip([one, { ...values6, localName: 'w/data/1' }]),
    'another name in its own header',
  ],
  ['two sizes for one member', writeZip([one, { ...values6, claimedSize: 1e9 }]), '"w/data/0" has two different sizes'],
  ['a zip of something else', writeZip([values6]), 'it is a zip file, but not a PyTorch checkpoint'],
  ['an empty zip', writeZip([]), 'it is a zip file, but not a PyTorch checkpoint'],
  ['a zip without its end', archive(transposed).slice(0, -1), 'its zip directory is missing: the file is truncated'],
])('refuses %s', async (_, bytes, problem) => {
  await expect(read(bytes)).rejects.toThrow(
    expect.objectContaining({ code: 'WEIGHTS_UNREADABLE', message: expect.stringContaining(problem) as string }),
  )
})

test('refuses a damaged storage by its CRC', async () => {
  const bytes = Buffer.from(archive(transposed))
  bytes[bytes.indexOf(sixFloats) + 4]! ^= 1
  await expect(read(bytes)).rejects.toThrow('"w/data/0" is damaged (its CRC-32 differs)')
})

test('refuses a member that lies inside another', async () => {
  const inner = { name: 'w/data/1', data: sixFloats }
  const localBytes = 30 + inner.name.length + sixFloats.length
  const outer = { name: 'w/data/0', data: writeZip([inner]).subarray(0, localBytes) }
  const bytes = Buffer.from(writeZip([one, outer, inner]))
  const insideOuter = bytes.indexOf('w/data/0') + outer.name.length
  bytes.writeUInt32LE(insideOuter, bytes.lastIndexOf('w/data/1') - 46 + 42)
  await expect(read(bytes)).rejects.toThrow('"w/data/1" overlaps another member')
})

test('refuses so many transposed copies of one storage that they would fill the memory', async () => {
  const copies = Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`w${i}`, tensor({ size: [3, 2], stride: [1, 3] })]),
  )
  await expect(read(archive(pickle(dict(copies))))).rejects.toThrow('too many tensors share the storage "0"')
})

test('no broken file crashes the reader or makes it take memory', async () => {
  await assertSurvivesFuzz(archive(transposed, [], { descriptors: true, zip64: true }), read)
})
