import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assertSurvivesFuzz } from '../../../tests/helpers/fuzz'
import { golden } from '../../../tests/helpers/golden'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { parseSafetensors } from '../../shared/tensors/safetensors'
import { SafetensorsFile, encodeSafetensors, readSafetensors, writeSafetensors } from './safetensors'
import { toFloat32, type NamedTensor } from '../../shared/tensors/tensors'

const sixFloats = Float32Array.of(0, 1, 2, 3, 4, 5)
const attention: NamedTensor = { dtype: 'F32', shape: [1, 2, 3], data: sixFloats }

/** A file with a hand-written header and so many bytes of data. */
function file(header: string | Uint8Array, data: Uint8Array | number = 0, claimedLength?: bigint): Uint8Array {
  const text = typeof header === 'string' ? Buffer.from(header) : header
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(claimedLength ?? BigInt(text.length))
  return Buffer.concat([length, text, typeof data === 'number' ? new Uint8Array(data) : data])
}

const oneTensor = (fields: string): string => `{"a":{${fields}}}`
const shaped = (shape: string, end = 4): string => oneTensor(`"dtype":"F32","shape":${shape},"data_offsets":[0,${end}]`)

test('reads the reference bytes: a header of 64 bytes and six floats', () => {
  const header = '{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}'
  expect(header.length).toBe(64)
  const { tensors, metadata } = parseSafetensors(file(header, new Uint8Array(sixFloats.buffer)))
  expect(tensors).toEqual(new Map([['attn.0', attention]]))
  expect(metadata.size).toBe(0)
})

test('reads a file without tensors', () => {
  expect(parseSafetensors(file('{}      ')).tensors.size).toBe(0)
})

test('writes the reference bytes, the header padded with spaces to a multiple of 8', () => {
  const bytes = encodeSafetensors(new Map([['attn0', attention]]))
  const header = '{"attn0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}} '
  expect(Buffer.from(bytes).toString('latin1', 0, 80)).toContain(header.trimEnd())
  expect(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)).toBe(64n)
  expect(bytes.length).toBe(8 + 64 + 24)
})

test('reads what the Python package wrote, every dtype and text', () => {
  const bytes = Buffer.from(golden<{ safetensors: string }>('weights.json').safetensors, 'base64')
  const { tensors, metadata } = parseSafetensors(bytes)
  const values = new Map([...tensors].map(([name, tensor]) => [name, [...toFloat32(tensor)]]))
  expect(values).toEqual(
    new Map([
      ['0', [0.25, -1]],
      ['b', [0, 1, 2, 3, 4, 5]],
      ['h', [0, 1, 2, 3, 4, 5]],
      ['n', [5]],
      ['flag', [1]],
    ]),
  )
  expect(tensors.get('b')?.dtype).toBe('BF16')
  expect(tensors.get('n')?.shape).toEqual([])
  expect(metadata).toEqual(
    new Map([
      ['format', 'pt'],
      ['ü', 'x\n'],
    ]),
  )
})

test('all dtypes come back as they were written, names like numbers and __proto__ among them', () => {
  const tensors = new Map<string, NamedTensor>([
    ['10', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
    ['2', { dtype: 'F64', shape: [], data: Float64Array.of(0.1) }],
    ['__proto__', { dtype: 'I64', shape: [2], data: BigInt64Array.of(-1n, 2n ** 62n) }],
    ['constructor', { dtype: 'F16', shape: [1, 1], data: Uint16Array.of(0x3555) }],
    ['bf', { dtype: 'BF16', shape: [1], data: Uint16Array.of(0xc000) }],
    ['i16', { dtype: 'I16', shape: [1], data: Int16Array.of(-300) }],
    ['i8', { dtype: 'I8', shape: [1], data: Int8Array.of(-3) }],
    ['u16', { dtype: 'U16', shape: [1], data: Uint16Array.of(60000) }],
    ['u32', { dtype: 'U32', shape: [1], data: Uint32Array.of(4e9) }],
    ['u64', { dtype: 'U64', shape: [1], data: BigUint64Array.of(2n ** 63n) }],
    ['i32', { dtype: 'I32', shape: [1], data: Int32Array.of(-7) }],
    ['flag', { dtype: 'BOOL', shape: [2], data: Uint8Array.of(1, 0) }],
    ['none', { dtype: 'F32', shape: [0, 2 ** 40], data: new Float32Array() }],
  ])
  const read = parseSafetensors(encodeSafetensors(tensors, { seed: '7' }))
  expect(new Map([...read.tensors].sort())).toEqual(new Map([...tensors].sort()))
  expect(read.metadata).toEqual(new Map([['seed', '7']]))
})

test.each([
  ['F16', [0x01, 0x00], 2 ** -24],
  ['BF16', [0xab, 0x3e], 0.333984375],
  ['BF16', [0x00, 0xc0], -2],
  ['BF16', [0x01, 0x00], 2 ** -133],
] as const)('%s %j is %f', (dtype, bytes, value) => {
  const { tensors } = parseSafetensors(
    file(oneTensor(`"dtype":"${dtype}","shape":[1],"data_offsets":[0,2]`), Uint8Array.from(bytes)),
  )
  expect(toFloat32(tensors.get('a')!)[0]).toBe(value)
})

test('an unaligned tensor equals an aligned one', () => {
  const data = new Uint8Array(sixFloats.buffer)
  for (let padding = 0; padding < 4; padding++)
    expect(parseSafetensors(file(shaped('[6]', 24) + ' '.repeat(padding), data)).tensors.get('a')?.data).toEqual(
      sixFloats,
    )
})

test('an aligned tensor is a view, not a copy', () => {
  const bytes = encodeSafetensors(new Map([['a', attention]]))
  expect(parseSafetensors(bytes).tensors.get('a')?.data.buffer).toBe(bytes.buffer)
})

const refused: readonly (readonly [string, Uint8Array, string])[] = [
  ['fewer than 8 bytes', new Uint8Array(7), '7 bytes are too few'],
  ['a header longer than the file', file('{}', 0, 3n), 'its header claims 3 bytes, the file has 10'],
  ['a header of 2^63 bytes', file('{}', 0, 2n ** 63n), 'claims 9223372036854775808 bytes'],
  ['a header over the limit', file('{}', 0, 100_000_001n), 'the limit is 100000000'],
  ['bad UTF-8', file(Buffer.from('{"\xff":1}', 'latin1')), 'not valid UTF-8'],
  ['a leading space', file(' {}'), 'does not start with "{"'],
  ['an array', file('[]'), 'does not start with "{"'],
  ['broken JSON', file('{"a"'), 'not valid JSON'],
  ['a duplicate name', file(`{${[0, 1].map(() => shaped('[1]').slice(1, -1)).join()}}`, 4), '"a" occurs twice'],
  ['a negative size', file(shaped('[-1]'), 4), 'tensor "a" has an invalid shape'],
  ['a size with a fraction', file(shaped('[1.0]'), 4), 'invalid shape'],
  ['a size with an exponent', file(shaped('[1e0]'), 4), 'invalid shape'],
  ['nine axes', file(shaped('[1,1,1,1,1,1,1,1,1]'), 4), 'invalid shape'],
  ['a shape beyond counting', file(shaped(`[${2 ** 40},${2 ** 40}]`), 4), 'impossible shape'],
  ['a size beyond 2^53', file(shaped('[9007199254740993]'), 4), 'invalid shape'],
  ['a size that does not fit', file(shaped('[2]'), 4), '4 bytes, F32 [2] needs 8'],
  ['a beginning after the end', file(oneTensor('"dtype":"F32","shape":[1],"data_offsets":[4,0]'), 4), 'at 4 … 0'],
  ['an end after the file', file(shaped('[1]'), 3), 'outside the 3 bytes'],
  ['three offsets', file(oneTensor('"dtype":"F32","shape":[1],"data_offsets":[0,4,4]'), 4), 'invalid data_offsets'],
  ['a missing field', file(oneTensor('"dtype":"F32","shape":[1]'), 4), 'does not have exactly'],
  ['a field too many', file(shaped('[1]').replace('}}', ',"x":1}}'), 4), 'does not have exactly'],
  ['a dtype that is no text', file(shaped('[1]').replace('"F32"', '1'), 4), 'does not have exactly'],
  ['trailing bytes', file(shaped('[1]'), 5), '1 bytes follow the last tensor'],
  ['an unknown dtype', file(shaped('[1]').replace('F32', 'F7'), 4), 'unsupported dtype "F7"'],
  ['metadata that is no text', file('{"__metadata__":{"a":1}}'), 'metadata "a" is not a string'],
  ['metadata that is no object', file('{"__metadata__":[]}'), 'metadata is not an object'],
  ['a hole', file(twoTensors([0, 4], [8, 12]), 12), '"b" starts at byte 8 where 4 was expected'],
  ['an overlap', file(twoTensors([0, 4], [2, 6]), 6), '"b" starts at byte 2 where 4 was expected'],
]

function twoTensors(first: readonly number[], second: readonly number[]): string {
  const entry = (name: string, offsets: readonly number[]): string =>
    `"${name}":{"dtype":"F32","shape":[1],"data_offsets":[${offsets.join()}]}`
  return `{${entry('a', first)},${entry('b', second)}}`
}

test.each(refused)('refuses %s', async (_, bytes, problem) => {
  expect(() => parseSafetensors(bytes, 'net.safetensors')).toThrow(
    expect.objectContaining({ code: 'WEIGHTS_UNREADABLE', message: expect.stringContaining(problem) as string }),
  )
  const path = join(temporaryFolder(), 'net.safetensors')
  writeFileSync(path, bytes)
  await expect(readSafetensors(path)).rejects.toThrow(problem)
})

test('no broken file crashes the reader or makes it take memory', async () => {
  const tensors = new Map<string, NamedTensor>([
    ['a', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }],
    ['b', { dtype: 'I64', shape: [], data: BigInt64Array.of(5n) }],
  ])
  await assertSurvivesFuzz(encodeSafetensors(tensors, { note: 'x' }), bytes => parseSafetensors(bytes))
})

test('a file is read tensor by tensor, and one of an unknown dtype is refused only when it is asked for', async () => {
  const path = join(temporaryFolder(), 'mixed.safetensors')
  writeFileSync(path, file(twoTensors([0, 4], [4, 8]).replace('"b":{"dtype":"F32"', '"b":{"dtype":"F8_E4M3"'), 8))
  await using opened = await SafetensorsFile.open(path)
  expect([...opened.entries.keys()]).toEqual(['a', 'b'])
  expect(await opened.read('a')).toEqual({ dtype: 'F32', shape: [1], data: Float32Array.of(0) })
  await expect(opened.read('b')).rejects.toThrow(
    'Cannot read mixed.safetensors: tensor "b" has the unsupported dtype "F8_E4M3".',
  )
  await expect(opened.read('c')).rejects.toThrow('it has no tensor "c"')
})

test('a missing file is named', async () => {
  await expect(readSafetensors('/nowhere/net.safetensors')).rejects.toThrow(
    'Cannot open /nowhere/net.safetensors: there is no such file.',
  )
})

test('a written file equals the encoded bytes and leaves nothing beside it', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'net.safetensors')
  await writeSafetensors(path, new Map([['old', attention]]))
  await writeSafetensors(path, new Map([['new', attention]]), { step: '3' })
  expect(readFileSync(path).equals(encodeSafetensors(new Map([['new', attention]]), { step: '3' }))).toBe(true)
  expect(readdirSync(folder)).toEqual(['net.safetensors'])
})

test('a tensor that does not fill its shape is not written, and the old file stays', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'net.safetensors')
  await writeSafetensors(path, new Map([['a', attention]]))
  const wrong: NamedTensor = { dtype: 'F32', shape: [7], data: sixFloats }
  await expect(writeSafetensors(path, new Map([['a', wrong]]))).rejects.toThrow(
    'tensor "a" has 6 elements, its shape is [7]',
  )
  expect((await readSafetensors(path)).tensors.get('a')).toEqual(attention)
  expect(readdirSync(folder)).toEqual(['net.safetensors'])
})
