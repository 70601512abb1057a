import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipMemberInput {
  readonly name: string
  readonly data: Uint8Array
  /** Compress it: PyTorch never does. */
  readonly deflate?: boolean
  /** Say that it is encrypted. */
  readonly encrypted?: boolean
  /** The name in the member's own header, where it is to differ from the directory's. */
  readonly localName?: string
  /** Uncompressed size in the directory, where it is to be a lie. */
  readonly claimedSize?: number
}

export interface ZipOptions {
  /** As PyTorch writes: sizes and CRC of the local headers are 0, a data descriptor follows the data. */
  readonly descriptors?: boolean
  /** Write a ZIP64 record, and put the directory's place and count only there. */
  readonly zip64?: boolean
}

/** A zip file, byte by byte (APPNOTE.TXT 6.3), so that tests can also make broken ones. */
export function writeZip(members: readonly ZipMemberInput[], options: ZipOptions = {}): Uint8Array {
  const files: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const member of members) {
    const local = localMember(member, options)
    directory.push(directoryEntry(member, offset, options))
    files.push(local)
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  return Buffer.concat([...files, entries, endRecords(members.length, entries.length, offset, options)])
}

function localMember(member: ZipMemberInput, { descriptors = false }: ZipOptions): Uint8Array {
  const name = Buffer.from(member.localName ?? member.name)
  const content = stored(member)
  const facts = [crc32(member.data), content.length, member.data.length]
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(flagsOf(member, descriptors), 6)
  header.writeUInt16LE(member.deflate ? 8 : 0, 8)
  facts.forEach((fact, i) => header.writeUInt32LE(descriptors ? 0 : fact, 14 + 4 * i))
  header.writeUInt16LE(name.length, 26)
  const descriptor = Buffer.alloc(descriptors ? 16 : 0)
  if (descriptors) [0x08074b50, ...facts].forEach((fact, i) => descriptor.writeUInt32LE(fact, 4 * i))
  return Buffer.concat([header, name, content, descriptor])
}

function directoryEntry(member: ZipMemberInput, offset: number, { descriptors = false }: ZipOptions): Uint8Array {
  const name = Buffer.from(member.name)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(flagsOf(member, descriptors), 8)
  entry.writeUInt16LE(member.deflate ? 8 : 0, 10)
  entry.writeUInt32LE(crc32(member.data), 16)
  entry.writeUInt32LE(stored(member).length, 20)
  entry.writeUInt32LE(member.claimedSize ?? member.data.length, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(offset, 42)
  return Buffer.concat([entry, name])
}

function endRecords(count: number, size: number, offset: number, { zip64 = false }: ZipOptions): Uint8Array {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(zip64 ? 0xffff : count, 8)
  end.writeUInt16LE(zip64 ? 0xffff : count, 10)
  end.writeUInt32LE(zip64 ? 0xffffffff : size, 12)
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16)
  if (!zip64) return end
  const wide = Buffer.alloc(56)
  wide.writeUInt32LE(0x06064b50, 0)
  wide.writeBigUInt64LE(44n, 4)
  ;[count, count, size, offset].forEach((fact, i) => wide.writeBigUInt64LE(BigInt(fact), 24 + 8 * i))
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(offset + size), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([wide, locator, end])
}

function stored({ data, deflate = false }: ZipMemberInput): Uint8Array {
  return deflate ? deflateRawSync(data) : data
}

function flagsOf({ encrypted = false }: ZipMemberInput, descriptors: boolean): number {
  return (descriptors ? 0x0808 : 0) | (encrypted ? 1 : 0)
}
