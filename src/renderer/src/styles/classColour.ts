/** 360° · (1 − 1/φ): neighbours in the list land far apart on the wheel, however many there are. */
const goldenAngle = 137.50776405003785

/**
 * Colour of a class by its place, 0 … C−1: a golden-angle walk in OKLCH at fixed lightness, with three rings of chroma
 * and lightness so that 200 classes stay apart. They read on photos and in both themes.
 */
export function classColour(place: number): string {
  const hue = (25 + place * goldenAngle) % 360
  const ring = Math.floor(place / 12) % 3
  return `oklch(${[0.72, 0.62, 0.8][ring]} ${[0.16, 0.14, 0.11][ring]} ${hue.toFixed(1)})`
}
