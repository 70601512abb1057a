/**
 * Half floats (IEEE 754 binary16) as 16-bit patterns in a Uint16Array.
 *
 * A pattern is sign (1 bit), exponent (5, bias 15), mantissa (10): exponent 0 is mantissa · 2^-24, exponent 31 is
 * infinity or NaN, all others (1 + mantissa / 1024) · 2^(exponent − 15).
 */

/** Sign and exponent of a float32 are its upper 9 bits: with them every table below is looked up. */
const FLOAT_CLASSES = 512
const FLOAT_MANTISSA = 0x7fffff
const FLOAT_EXPONENT = 0xff
const IMPLICIT_ONE = 0x800000

interface EncodeTables {
  /** Sign and exponent of the half. */
  readonly base: Uint16Array
  /** The float's hidden leading one, where the half is subnormal and must store it. */
  readonly implicit: Uint32Array
  /** How many bits of the float's mantissa are dropped. */
  readonly shift: Uint8Array
}

let decodeTable: Float32Array | undefined
let encodeTables: EncodeTables | undefined

/** Patterns to values; exact. `[n]` → `[n]` */
export function halfToFloat(half: Uint16Array): Float32Array {
  const table = (decodeTable ??= makeDecodeTable())
  const values = new Float32Array(half.length)
  for (let i = 0; i < half.length; i++) values[i] = table[half[i]!]!
  return values
}

/**
 * Values to patterns, rounded to the nearest and from halfway to the even one, as IEEE 754, numpy and PyTorch do.
 * From 65520 on a value becomes infinity; NaN stays NaN. `[n]` → `[n]`
 */
export function floatToHalf(values: Float32Array): Uint16Array {
  const { base, implicit, shift } = (encodeTables ??= makeEncodeTables())
  const patterns = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const half = new Uint16Array(values.length)
  for (let i = 0; i < patterns.length; i++) {
    const pattern = patterns[i]!
    const index = pattern >>> 23
    const dropped = shift[index]!
    const mantissa = (pattern & FLOAT_MANTISSA) | implicit[index]!
    if ((index & FLOAT_EXPONENT) === FLOAT_EXPONENT && mantissa !== 0) {
      half[i] = base[index]! | 0x200 | (mantissa >>> 13)
      continue
    }
    // Just under one half of the last kept place, and the last kept bit: halfway cases carry only from an odd one.
    // A carry out of the mantissa runs into the exponent, which is what rounding up to the next power of two means.
    const rounding = (1 << (dropped - 1)) - 1 + ((mantissa >>> dropped) & 1)
    half[i] = base[index]! + ((mantissa + rounding) >>> dropped)
  }
  return half
}

function makeDecodeTable(): Float32Array {
  const table = new Float32Array(0x10000)
  for (let pattern = 0; pattern < table.length; pattern++) {
    const sign = pattern & 0x8000 ? -1 : 1
    const exponent = (pattern >>> 10) & 31
    const mantissa = pattern & 0x3ff
    if (exponent === 31) table[pattern] = mantissa === 0 ? sign * Infinity : NaN
    else if (exponent === 0) table[pattern] = sign * mantissa * 2 ** -24
    else table[pattern] = sign * (1 + mantissa / 1024) * 2 ** (exponent - 15)
  }
  return table
}

function makeEncodeTables(): EncodeTables {
  const base = new Uint16Array(FLOAT_CLASSES)
  const implicit = new Uint32Array(FLOAT_CLASSES)
  const shift = new Uint8Array(FLOAT_CLASSES).fill(24) // 24 drops the whole mantissa: zero, or infinity by its base
  for (let index = 0; index < FLOAT_CLASSES; index++) {
    const sign = index > FLOAT_EXPONENT ? 0x8000 : 0
    const exponent = (index & FLOAT_EXPONENT) - 127
    base[index] = sign
    if (exponent >= 16) {
      base[index] = sign | 0x7c00
    } else if (exponent >= -14) {
      base[index] = sign | ((exponent + 15) << 10)
      shift[index] = 13
    } else if (exponent >= -25) {
      implicit[index] = IMPLICIT_ONE
      shift[index] = -1 - exponent
    }
  }
  return { base, implicit, shift }
}
