import { crc32, inflateRawSync } from 'node:zlib'
import type { ByteSource } from './byteSource'
import { parseDirectory, readDirectory, type ZipEntry } from './zipDirectory'
import type { Refuse } from '../../shared/tensors/refusal'

/** A member whose place in the file has been checked against all others. */
export interface ZipMember extends ZipEntry {
  /** Where its bytes start in the file. */
  readonly dataOffset: number
}

const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_BYTES = 30
const STORED = 0
const DEFLATED = 8
const ENCRYPTED_FLAG = 1
/** Bytes that one compressed member may become: deflate packs up to a thousand to one. */
const LARGEST_INFLATED = 2 ** 30

/** Archives of arrays: nothing is ever unpacked to disk, and no name is ever used as a path. */
export class ZipArchive {
  private constructor(
    readonly source: ByteSource,
    readonly members: ReadonlyMap<string, ZipMember>,
    readonly refuse: Refuse,
  ) {}

  /** Reads the directory and every local header, and checks that the members lie apart and inside the file. */
  static async open(source: ByteSource, refuse: Refuse): Promise<ZipArchive> {
    const place = await readDirectory(source, refuse)
    const entries = parseDirectory(await source.read(place.offset, place.size), place.count, refuse)
    const members = new Map<string, ZipMember>()
    for (const entry of entries) {
      if (members.has(entry.name)) throw refuse(`it holds ${JSON.stringify(entry.name)} twice`)
      members.set(entry.name, await locate(source, entry, place.offset, refuse))
    }
    assertApart([...members.values()], refuse)
    return new ZipArchive(source, members, refuse)
  }

  /** A member's bytes as stored, checked by its CRC. Compressed ones are refused: PyTorch writes none. */
  async readStored(member: ZipMember): Promise<Uint8Array> {
    if (member.method !== STORED) throw this.refuse(`${JSON.stringify(member.name)} is compressed`)
    return this.#checked(member, await this.source.read(member.dataOffset, member.size))
  }

  /** A member's bytes, decompressed where need be; what may come out is bounded beforehand. */
  async read(member: ZipMember): Promise<Uint8Array> {
    if (member.method === STORED) return this.readStored(member)
    if (member.method !== DEFLATED)
      throw this.refuse(`${JSON.stringify(member.name)} is compressed by method ${member.method}`)
    if (member.size > LARGEST_INFLATED)
      throw this.refuse(`${JSON.stringify(member.name)} would become ${member.size} bytes`)
    const compressed = await this.source.read(member.dataOffset, member.compressedSize)
    return this.#checked(member, this.#inflate(member, compressed))
  }

  #inflate(member: ZipMember, compressed: Uint8Array): Uint8Array {
    try {
      return inflateRawSync(compressed, { maxOutputLength: Math.max(1, member.size) })
    } catch (cause) {
      throw this.refuse(`${JSON.stringify(member.name)} cannot be decompressed`, { cause })
    }
  }

  #checked(member: ZipMember, bytes: Uint8Array): Uint8Array {
    if (bytes.length !== member.size)
      throw this.refuse(`${JSON.stringify(member.name)} has ${bytes.length} bytes, ${member.size} were announced`)
    // PyTorch leaves 0 where it was told not to compute it (torch.serialization.set_crc32_options(False)).
    if (member.crc !== 0 && crc32(bytes) !== member.crc)
      throw this.refuse(`${JSON.stringify(member.name)} is damaged (its CRC-32 differs)`)
    return bytes
  }
}

/** Reads the member's local header, whose name and extra field decide where the data starts. */
async function locate(source: ByteSource, entry: ZipEntry, end: number, refuse: Refuse): Promise<ZipMember> {
  const name = JSON.stringify(entry.name)
  if (entry.flags & ENCRYPTED_FLAG) throw refuse(`${name} is encrypted`)
  if (entry.method === STORED && entry.compressedSize !== entry.size) throw refuse(`${name} has two different sizes`)
  if (entry.headerOffset + LOCAL_BYTES > end) throw refuse(`${name} lies outside the file`)
  const header = await source.read(entry.headerOffset, LOCAL_BYTES)
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) throw refuse(`${name} does not start where the directory says`)
  const nameOffset = entry.headerOffset + LOCAL_BYTES
  const dataOffset = nameOffset + view.getUint16(26, true) + view.getUint16(28, true)
  if (dataOffset + entry.compressedSize > end) throw refuse(`${name} lies outside the file`)
  const localName = await source.read(nameOffset, view.getUint16(26, true))
  if (!Buffer.from(entry.rawName).equals(localName)) throw refuse(`${name} has another name in its own header`)
  return { ...entry, dataOffset }
}

/** Two members on the same bytes are how small archives pretend to be large. */
function assertApart(members: ZipMember[], refuse: Refuse): void {
  let reached = 0
  for (const member of members.sort((a, b) => a.headerOffset - b.headerOffset)) {
    if (member.headerOffset < reached) throw refuse(`${JSON.stringify(member.name)} overlaps another member`)
    reached = member.dataOffset + member.compressedSize
  }
}
