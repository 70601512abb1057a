import type { RgbImage, Size } from './size'

/** A picture of one grey. */
export function blankImage({ width, height }: Size, grey: number): RgbImage {
  return { data: new Uint8Array(width * height * 3).fill(grey), width, height }
}

/** Draws `image` into `canvas` with its upper left corner at (x, y); it must fit. */
export function paste(canvas: RgbImage, image: RgbImage, x: number, y: number): void {
  for (let row = 0; row < image.height; row++)
    canvas.data.set(
      image.data.subarray(row * image.width * 3, (row + 1) * image.width * 3),
      ((y + row) * canvas.width + x) * 3,
    )
}
