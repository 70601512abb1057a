import type { ByteSource } from '../../src/main/weights/byteSource'

/** Bytes in memory as a source; what is read are views. */
export function bytesAsSource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}
