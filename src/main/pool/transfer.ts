/**
 * The memory of every typed array in plain data, to be moved to another thread instead of copied. Left out, and thus
 * copied: views of a part of their memory, and Buffers, whose memory Node shares or cannot hand over.
 */
export function transferables(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  collect(value, found)
  return [...found]
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(value)) {
    const whole = value.byteLength === value.buffer.byteLength
    if (whole && value.buffer instanceof ArrayBuffer && !Buffer.isBuffer(value)) found.add(value.buffer)
  } else if (Array.isArray(value)) {
    // An array of numbers holds none: no need to look at each.
    if (typeof value[0] !== 'number') for (const item of value) collect(item, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) collect(item, found)
  }
}
