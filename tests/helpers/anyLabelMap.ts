import { array, constantFrom, integer, type Arbitrary } from 'fast-check'
import type { LabelMap } from '../../src/main/media/labelPng'
import type { Size } from '../../src/shared/raster/size'

const side = integer({ min: 1, max: 9 })

function pixels(values: readonly number[]): Arbitrary<Size & { readonly pixels: Uint8Array }> {
  return side.chain(width =>
    side.chain(height =>
      array(constantFrom(...values), { minLength: width * height, maxLength: width * height }).map(drawn => ({
        ...{ width, height },
        pixels: Uint8Array.from(drawn),
      })),
    ),
  )
}

/** Small label maps: background, three classes and void, in whatever holes, islands and corners chance makes of them. */
export function anyLabelMap(): Arbitrary<LabelMap> {
  return pixels([0, 1, 2, 3, 255]).map(({ pixels: labels, ...size }) => ({ labels, ...size }))
}

/** Small masks of 0 and 1. */
export function anyMask(): Arbitrary<Size & { readonly mask: Uint8Array }> {
  return pixels([0, 1]).map(({ pixels: mask, ...size }) => ({ mask, ...size }))
}
