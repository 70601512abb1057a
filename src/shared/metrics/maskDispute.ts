import { VOID } from '../raster/palette'

/** How two masks of one photo differ. */
export interface MaskDispute {
  /** Pixels with different labels. */
  readonly pixels: number
  /** Pixels that are foreground in at least one of them. */
  readonly foreground: number
  /** The label that most of the different pixels have in either mask; null where there are none. */
  readonly label: number | null
}

/** Compares two masks pixel by pixel; a void pixel of either is in no count. @param first `[pixels]` @param second same */
export function maskDispute(first: Uint8Array, second: Uint8Array): MaskDispute {
  const disputed = new Uint32Array(256)
  let [pixels, foreground] = [0, 0]
  for (let i = 0; i < first.length; i++) {
    const [one, other] = [first[i]!, second[i]!]
    if (one === VOID || other === VOID) continue
    if (one !== 0 || other !== 0) foreground++
    if (one === other) continue
    pixels++
    disputed[one]!++
    disputed[other]!++
  }
  disputed[0] = 0 // what is no background matters to the person
  return { pixels, foreground, label: pixels === 0 ? null : disputed.indexOf(Math.max(...disputed)) }
}
