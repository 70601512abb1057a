/** 360° · (1 − 1/φ): neighbours in the list land far apart on the wheel, however many there are. */
const goldenAngle = 137.50776405003785
/** Steps of lightness and chroma from class to class, in shares of their range: found by trying some thousand pairs. */
const lightnessStep = 0.0383
const chromaStep = 0.5461

/**
 * Colour of a class by its place, 0 … C−1: a golden-angle walk in OKLCH whose lightness (0.56 … 0.82) and chroma
 * (0.05 … 0.15) walk along with steps of their own, so that 200 classes stay apart. They read on photos and in both
 * themes.
 */
export function classColour(place: number): string {
  const lightness = 0.56 + 0.26 * fraction(0.6 + place * lightnessStep)
  const chroma = 0.05 + 0.1 * Math.sqrt(fraction(0.9 + place * chromaStep))
  const hue = (25 + place * goldenAngle) % 360
  return `oklch(${lightness.toFixed(3)} ${chroma.toFixed(3)} ${hue.toFixed(1)})`
}

function fraction(value: number): number {
  return value - Math.floor(value)
}
