import { expect, test } from 'vitest'
import { ByteReader } from './byteReader'
import { ByteWriter } from './byteWriter'
import { crc32 } from './crc32'

test('numbers come back as they were written, and LEB128 is that of the DWARF standard', () => {
  const values = [0, 1, 127, 128, 300, 16_383, 16_384, 624_485, 2 ** 31 - 1]
  const writer = new ByteWriter(1)
  for (const value of values) writer.varint(value)
  writer.uint32(0xfedcba98)
  const reader = new ByteReader(writer.finish(), 'test')
  expect(values.map(() => reader.varint())).toEqual(values)
  expect(reader.uint32()).toBe(0xfedcba98)
  expect(reader.atEnd).toBe(true)
  const example = new ByteWriter()
  example.varint(624_485)
  expect([...example.finish()]).toEqual([0xe5, 0x8e, 0x26])
})

test('bytes that end too early or say too large a number are damaged', () => {
  expect(() => new ByteReader(Uint8Array.of(0x80), 'stroke 3').varint()).toThrow('stroke 3 ends after 1 bytes')
  const large = new ByteReader(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f), 'stroke 3')
  expect(() => large.varint()).toThrow('beyond 2^31')
})

test('the check value of CRC-32 is 0xcbf43926', () => {
  expect(crc32(Uint8Array.from('123456789', character => character.charCodeAt(0)))).toBe(0xcbf43926)
})
