import type { RgbImage } from './size'

/** The white of D65, two degrees, as sRGB has it (IEC 61966-2-1). */
const WHITE = [0.95047, 1, 1.08883] as const
/** From where CIELAB is a cube root and no longer a line: (6/29)³, and the line's slope. */
const BEND = 216 / 24_389
const SLOPE = 24_389 / 27

let linear: Float64Array | undefined

/**
 * sRGB as CIELAB under D65, where distances are about as large as they look.
 * @returns `[height, width, 3]`: L* 0 … 100, a* and b* about −110 … 110
 */
export function labColours({ data, width, height }: RgbImage): Float32Array {
  const table = (linear ??= Float64Array.from({ length: 256 }, (_, value) => linearised(value / 255)))
  const lab = new Float32Array(width * height * 3)
  for (let i = 0; i < lab.length; i += 3) {
    const [red, green, blue] = [table[data[i]!]!, table[data[i + 1]!]!, table[data[i + 2]!]!]
    const x = response((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE[0])
    const y = response((0.2126729 * red + 0.7151522 * green + 0.072175 * blue) / WHITE[1])
    const z = response((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / WHITE[2])
    lab[i] = 116 * y - 16
    lab[i + 1] = 500 * (x - y)
    lab[i + 2] = 200 * (y - z)
  }
  return lab
}

function linearised(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function response(share: number): number {
  return share > BEND ? Math.cbrt(share) : (SLOPE * share + 16) / 116
}
