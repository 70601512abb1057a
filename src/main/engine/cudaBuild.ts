import { closeSync, openSync, readSync } from 'node:fs'

/** Where both NVIDIA's compiler and clang put the GPU's machine code. */
const GPU_CODE = '.nv_fatbin'

/** The libraries that are asked after hold a few dozen sections; more than this is no library. */
const MOST_SECTIONS = 1000

/**
 * True where a shared library carries code for NVIDIA GPUs. TensorFlow's CPU and CUDA builds are files of one name, and
 * the CUDA build opens its libraries only when it is asked for a device, so neither name nor dependencies tell.
 * @returns false also for a file that is no ELF library of 64 bits: opening it will say what it is
 */
export function isCudaBuild(library: string): boolean {
  const file = openSync(library, 'r')
  try {
    return sectionNames(file).includes(GPU_CODE)
  } finally {
    closeSync(file)
  }
}

/** Names of an ELF file's sections (System V ABI, chapter 4: ELF-64, little-endian); empty for any other file. */
function sectionNames(file: number): readonly string[] {
  const header = readAt(file, 0, 64)
  if (header.length < 64 || header.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') return []
  const [start, size] = [Number(header.readBigUInt64LE(40)), header.readUInt16LE(58)]
  const [count, namesAt] = [header.readUInt16LE(60), header.readUInt16LE(62)]
  if (size !== 64 || count > MOST_SECTIONS || namesAt >= count) return []
  const table = readAt(file, start, count * size)
  if (table.length < count * size) return []
  const section = (at: number) => table.subarray(at * size, (at + 1) * size)
  const { offset, bytes } = extentOf(section(namesAt))
  if (bytes > 64 * MOST_SECTIONS) return []
  const names = readAt(file, offset, bytes).toString('latin1')
  return Array.from({ length: count }, (_, at) => names.slice(section(at).readUInt32LE(0)).split('\0', 1)[0]!)
}

/** Where a section's content lies in the file, from its header. */
function extentOf(header: Buffer): { readonly offset: number; readonly bytes: number } {
  return { offset: Number(header.readBigUInt64LE(24)), bytes: Number(header.readBigUInt64LE(32)) }
}

/** As much of `length` bytes as there is. */
function readAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  return buffer.subarray(0, readSync(file, buffer, 0, length, position))
}
