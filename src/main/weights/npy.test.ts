import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assertSurvivesFuzz } from '../../../tests/helpers/fuzz'
import { golden } from '../../../tests/helpers/golden'
import { call, dict, integer, named, pickle, text, tuple, uint32 } from '../../../tests/helpers/pickleWriter'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { encodeNpyDict, parseNpyDict, readNpyDict } from './npy'
import { encodeNpyHeader } from './npyHeader'
import { toFloat32, type NamedTensor } from '../../shared/tensors/tensors'

const files = golden<{ numpy: Record<string, string> }>('weights.json').numpy
const goldenFile = (name: string): Uint8Array => Buffer.from(files[name]!, 'base64')
const float = (...values: number[]): NamedTensor => ({
  dtype: 'F32',
  shape: [values.length],
  data: Float32Array.from(values),
})

test('reads versions 2 and 3 of the header', () => {
  const bytes = Buffer.from(goldenFile('dict-protocol2'))
  for (const version of [2, 3]) {
    const wide = Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0${uint32(bytes.readUInt16LE(8))}`, 'latin1')
    expect(parseNpyDict(Buffer.concat([wide, bytes.subarray(10)]))).toEqual(parseNpyDict(bytes))
  }
})

test.each(['dict-protocol2', 'dict-protocol3', 'dict-protocol4', 'dict-protocol5'])(
  'reads a dictionary as %s: arrays, scalars, names and tensors',
  name => {
    const counting = [0, 3, 1, 4, 2, 5]
    expect(parseNpyDict(goldenFile(name))).toEqual(
      new Map<string | number, unknown>([
        ['2007_000032', float(1, 0, 2)],
        ['empty', { dtype: 'F32', shape: [0, 2], data: new Float32Array() }],
        [2007000033, float(2, 1, 3)],
        ['é', { dtype: 'I32', shape: [3, 2], data: Int32Array.from(counting) }],
        ['tensor', { dtype: 'F32', shape: [3, 2], data: Float32Array.from(counting) }],
        ['keys', { dtype: 'I64', shape: [2], data: BigInt64Array.of(1n, 2n) }],
        ...([
          ['f32', 2.5],
          ['bool', true],
          ['f16', 0.5],
          ['none', null],
          ['float', 1.5],
          ['big', 2n ** 62n],
        ] as const),
      ]),
    )
  },
)

test('writes label vectors under text or integer keys', () => {
  const labels = new Map([
    ['2007_000032', float(1, 0, 200)],
    ['2011_003276', float(0.1, -0, 3)],
  ])
  expect(parseNpyDict(encodeNpyDict(labels, { keyStyle: 'str' }))).toEqual(labels)
  expect([...parseNpyDict(encodeNpyDict(labels, { keyStyle: 'int' })).keys()]).toEqual([2007000032, 2011003276])
})

test('writes the CAMs of a photo, and those of a photo without classes', () => {
  const cams = new Map<string, NamedTensor>([
    ['keys', { dtype: 'I64', shape: [2], data: BigInt64Array.of(3n, 17n) }],
    ['cam', { dtype: 'F32', shape: [2, 1, 2], data: Float32Array.of(0, 0.25, 0.5, 1) }],
    ['high_res', { dtype: 'F32', shape: [0, 375, 500], data: new Float32Array() }],
  ])
  expect(parseNpyDict(encodeNpyDict(cams, { keyStyle: 'str' }))).toEqual(cams)
  expect(parseNpyDict(encodeNpyDict(new Map(), { keyStyle: 'str' })).size).toBe(0)
})

test('writes more than a thousand entries, and integers of any size', () => {
  const many = new Map(Array.from({ length: 2001 }, (_, i) => [i * 3_000_000, float(i)]))
  const read = parseNpyDict(encodeNpyDict(many, { keyStyle: 'int' }))
  expect([...read]).toEqual([...many])
})

test('a name that is no number cannot become an integer key', () => {
  expect(() => encodeNpyDict(new Map([['cat_1', float(1)]]), { keyStyle: 'int' })).toThrow(
    '"cat_1" cannot be written as an integer key: only names of digits can; choose text keys.',
  )
})

test('BF16 cannot be written, as NumPy lacks it', () => {
  const brain: NamedTensor = { dtype: 'BF16', shape: [1], data: Uint16Array.of(0) }
  expect(() => encodeNpyDict(new Map([['a', brain]]), { keyStyle: 'str' })).toThrow('NumPy has no type for BF16')
})

test('reads files, and names them in errors', async () => {
  const path = join(temporaryFolder(), 'cls_labels.npy')
  writeFileSync(path, encodeNpyDict(new Map([['a', float(1)]]), { keyStyle: 'str' }))
  expect((await readNpyDict(path)).get('a')).toEqual(float(1))
  writeFileSync(path, goldenFile('plain-f4'))
  await expect(readNpyDict(path)).rejects.toThrow(
    'Cannot read cls_labels.npy: it holds an array where a dictionary was expected.',
  )
})

const withHeader = (text: string): Uint8Array =>
  Buffer.concat([
    Buffer.from('\x93NUMPY\x01\0', 'latin1'),
    Buffer.from([text.length & 0xff, text.length >> 8]),
    Buffer.from(text),
  ])
const plain = (shape: string): Uint8Array => withHeader(`{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}}`)

test.each([
  ['records for values', goldenFile('records'), 'its header is not understood'],
  ['another file', Buffer.from('PK\x03\x04....'), 'it is not a NumPy file'],
  ['an unknown version', Buffer.from('\x93NUMPY\x04\0\0\0\0\0', 'latin1'), 'format version 4.0 is unknown'],
  ['an absurd header', Buffer.from('\x93NUMPY\x02\0\xff\xff\xff\x7f', 'latin1'), 'its header has 2147483647 bytes'],
  ['a header that is code', withHeader("{'descr': '<f4', 'fortran_order': exec('x'), 'shape': ()}"), 'not understood'],
  ['a header without a shape', withHeader("{'descr': '<f4', 'fortran_order': False, 'descr': '<f4'}"), 'is incomplete'],
  ['a shape without commas', plain('(2 3)'), 'its shape (2 3) is not understood'],
])('a file with %s is refused', (_, bytes, problem) => {
  expect(() => parseNpyDict(bytes, 'x.npy')).toThrow(
    expect.objectContaining({ code: 'FILE_UNREADABLE', message: expect.stringContaining(problem) as string }),
  )
})

/** A dictionary file whose pickle is written by hand. */
const object = (...parts: readonly string[]): Uint8Array => Buffer.concat([encodeNpyHeader('|O', []), pickle(...parts)])

function dtype(code: string, order = '<'): string {
  const state = tuple('K\x03', text(order), 'NNN', integer(-1), integer(-1), 'K\x00')
  return `${call('numpy', 'dtype', text(code), '\x89', '\x88')}${state}b`
}

function array(shape: readonly number[], content: string, type = dtype('f4')): string {
  const empty = call('numpy.core.multiarray', '_reconstruct', named('numpy', 'ndarray'), '(K\x00t', text('b'))
  return `${empty}${tuple('K\x01', tuple(...shape.map(integer)), type, '\x89', content)}b`
}

const latin = (value: string): string => call('_codecs', 'encode', text(value), text('latin1'))

test.each(['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'b1'])(
  'reads what NumPy wrote as %s, in a dictionary',
  kind => {
    const bytes = Buffer.from(goldenFile(`plain-${kind}`))
    const data = bytes.subarray(10 + bytes.readUInt16LE(8)) // behind the header
    const content = `U${String.fromCharCode(data.length)}${data.toString('latin1')}`
    const tensor = parseNpyDict(object(dict({ a: array([2, 3], content, dtype(kind)) }))).get('a') as NamedTensor
    expect(tensor.shape).toEqual([2, 3])
    expect([...toFloat32(tensor)]).toEqual([1, 0, 1, 0, 1, 0])
  },
)

test('reads arrays as Python 2 wrote them, their bytes as text', () => {
  const bytes = object(
    dict({ a: array([1], 'U\x04\x00\x00\x80\x3f'), b: array([1], 'T\x04\x00\x00\x00\x00\x00\x80\x3f') }),
  )
  expect(parseNpyDict(bytes)).toEqual(
    new Map([
      ['a', float(1)],
      ['b', float(1)],
    ]),
  )
})

test.each([
  ['a list', goldenFile('dict-list'), 'the value of "a" is neither an array nor a number'],
  ['an array of objects', goldenFile('dict-objects'), 'an array of several Python objects'],
  ['a slice', goldenFile('dict-slice'), 'it names the Python object "builtins.slice", but only arrays of numbers'],
  ['an array instead', goldenFile('plain-f4'), 'it holds an array where a dictionary was expected'],
  ['several objects instead', goldenFile('object-array'), 'it holds an array where a dictionary was expected'],
  ['os.system', object(call('os', 'system', text('true'))), '"os.system"'],
  ['builtins.eval', object(call('builtins', 'eval', text('1'))), '"builtins.eval"'],
  [
    'a module of the operating system by STACK_GLOBAL',
    object(`${text('posix')}${text('system')}\x93`),
    '"posix.system"',
  ],
  ['bytes made of numbers', object(call('builtins', 'bytes', integer(1e12))), 'bytes made from values'],
  ['another codec', object(call('_codecs', 'encode', text('a'), text('rot13'))), 'a text that is not bytes'],
  ['text that stands for no bytes', object(latin('\xe4\xb8\xad')), 'a text that does not stand for bytes'],
  ['an array of a class of its own', object(call('numpy.core.multiarray', '_reconstruct', 'N')), 'a class of its own'],
  ['an array larger than its bytes', object(array([1e12], latin('abcd'))), 'needs 4000000000000 bytes, there are 4'],
  ['an array of a shape beyond counting', object(array([2 ** 40, 2 ** 40], latin('abcd'))), 'an array of the shape'],
  ['an array of nine axes', object(array(new Array<number>(9).fill(1), latin('abcd'))), 'an array of the shape'],
  ['an array smaller than its bytes', object(array([0], latin('abcd'))), 'needs 0 bytes, there are 4'],
  ['an array of text', object(array([1], latin('abcd'), dtype('U1'))), 'an array of the type "U1"'],
  ['an array whose state is set twice', object(`${array([0], text(''))}${tuple('K\x01')}b`), 'array of unknown form'],
  ['a type of records', object(dtype('V8').replace('NNN', 'N}}')), 'an array of records'],
  [
    'a tensor that is no PyTorch file',
    object(call('torch.storage', '_load_from_bytes', 'C\x01x')),
    'a tensor inside it',
  ],
  ['bytes after the end', Buffer.concat([object(dict({})), Buffer.from('x')]), '1 bytes follow its end'],
  ['a number', object('K\x01'), 'it does not hold a dictionary'],
])('a dictionary file of %s is refused', (_, bytes, problem) => {
  expect(() => parseNpyDict(bytes, 'x.npy')).toThrow(
    expect.objectContaining({ code: 'FILE_UNREADABLE', message: expect.stringContaining(problem) as string }),
  )
})

test('one text mentioned a thousand times cannot become a thousand arrays', () => {
  const content = '\0'.repeat(4000)
  const items = Array.from({ length: 100 }, (_, i) => text(`k${i}`) + array([1000], 'h\x00')).join('')
  expect(() => parseNpyDict(object(`}(${text('a')}${text(content)}q\x00${items}u`))).toThrow(
    'its arrays would take more bytes than the file has',
  )
})

test('no broken file crashes the reader or makes it take memory', async () => {
  await assertSurvivesFuzz(goldenFile('dict-protocol2'), bytes => parseNpyDict(bytes), 5000)
  await assertSurvivesFuzz(goldenFile('dict-protocol5'), bytes => parseNpyDict(bytes), 5000)
})
