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

/** The label of a colour of VOC's map: the bits of `vocPalette` gathered again. Colours are 0 … 255. */
export function vocLabel(red: number, green: number, blue: number): number {
  const bits = (colour: number) => ((colour >> 7) & 1) | (((colour >> 6) & 1) << 3) | (((colour >> 5) & 1) << 6)
  return bits(red) | (bits(green) << 1) | ((bits(blue) & 0b1001) << 2)
}
