/** The label that marks pixels nobody scores: borders and classes outside the project. */
export const VOID = 255

/** Colours of labels 0 … 255 in PASCAL VOC's map: the bits of the index dealt out to red, green and blue in turn. */
export function vocPalette(): Uint8Array {
  const palette = new Uint8Array(256 * 3)
  for (let label = 0; label < 256; label++)
    for (let bit = 0; bit < 8; bit++)
      for (let channel = 0; channel < 3; channel++) {
        const set = (label >> (3 * bit + channel)) & 1
        palette[label * 3 + channel]! |= set << (7 - bit)
      }
  return palette
}
