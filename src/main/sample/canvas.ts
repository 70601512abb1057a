import type { Colour } from './colour'

/** A picture being painted. */
export interface Canvas {
  readonly width: number
  readonly height: number
  /** `[height, width, 3]`, sRGB in 0 … 1; may stray outside until it is developed. */
  readonly pixels: Float32Array
}

export function createCanvas(width: number, height: number): Canvas {
  return { width, height, pixels: new Float32Array(width * height * 3) }
}

export interface Area {
  readonly left: number
  readonly top: number
  /** Exclusive. */
  readonly right: number
  /** Exclusive. */
  readonly bottom: number
}

/** Repaints every pixel of an area, cut to the canvas; `shade` sees the pixel's place and its present colour. */
export function paint(canvas: Canvas, area: Area, shade: (x: number, y: number, under: Colour) => Colour): void {
  const { width, height, pixels } = canvas
  const right = Math.min(width, Math.ceil(area.right))
  const bottom = Math.min(height, Math.ceil(area.bottom))
  for (let y = Math.max(0, Math.floor(area.top)); y < bottom; y++)
    for (let x = Math.max(0, Math.floor(area.left)); x < right; x++) {
      const at = (y * width + x) * 3
      const colour = shade(x, y, [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!])
      pixels[at] = colour[0]
      pixels[at + 1] = colour[1]
      pixels[at + 2] = colour[2]
    }
}

/** The whole width between two rows. */
export function rows(canvas: Canvas, top: number, bottom: number): Area {
  return { left: 0, top, right: canvas.width, bottom }
}

/** Mean over a square of 2·radius + 1 pixels, edges repeated: a lens slightly out of focus. */
export function blur(canvas: Canvas, radius: number): void {
  if (radius < 1) return
  const { width, height, pixels } = canvas
  for (let y = 0; y < height; y++) blurLine(pixels, y * width * 3, 3, width, radius)
  for (let x = 0; x < width; x++) blurLine(pixels, x * 3, width * 3, height, radius)
}

function blurLine(pixels: Float32Array, start: number, step: number, length: number, radius: number): void {
  const line = new Float32Array(length)
  for (let channel = 0; channel < 3; channel++) {
    const first = start + channel
    for (let i = 0; i < length; i++) line[i] = pixels[first + i * step]!
    for (let i = 0; i < length; i++) {
      let sum = 0
      for (let k = i - radius; k <= i + radius; k++) sum += line[Math.min(length - 1, Math.max(0, k))]!
      pixels[first + i * step] = sum / (2 * radius + 1)
    }
  }
}
