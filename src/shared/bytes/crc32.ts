let table: Uint32Array | undefined

/** CRC-32 of ISO 3309, as ZIP and PNG use it: polynomial 0xedb88320 reflected, begun with and closed by all ones. */
export function crc32(bytes: Uint8Array): number {
  const remainders = (table ??= makeTable())
  let crc = 0xffffffff
  for (let i = 0; i < bytes.length; i++) crc = remainders[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1
    return remainder
  })
}
