import { join } from 'node:path'
import sharp from 'sharp'
import type { DatasetImage } from '../../src/shared/contract/dataset'
import type { ScoreMaps } from '../../src/shared/tensors/scoreMaps'

/** Of the photo of `writeSquarePhoto`. */
export const squareSize = { width: 48, height: 36 }

/** A label map of the photo by a function of x and y. */
export function drawnLabels(label: (x: number, y: number) => number): Uint8Array {
  const { width, height } = squareSize
  return Uint8Array.from({ length: width * height }, (_, i) => label(i % width, Math.floor(i / width)))
}

/** Label 5, of class 4, where the photo's square is. */
export const squareMask = drawnLabels((x, y) => (x >= 16 && x < 32 && y >= 10 && y < 26 ? 5 : 0))

/** A dark photo with a light square of 16 × 16 whose corner is at (16, 10): edges that a method should find. */
export async function writeSquarePhoto(folder: string): Promise<DatasetImage> {
  const path = join(folder, 'square.png')
  const data = Uint8Array.from({ length: squareMask.length * 3 }, (_, i) =>
    squareMask[Math.floor(i / 3)] === 5 ? 200 : 60,
  )
  await sharp(data, { raw: { ...squareSize, channels: 3 } }).toFile(path)
  return { id: 1, stem: 'square', path, ...squareSize, labels: [4], sha256: '' }
}

/**
 * Scores that fall from 1 in the square's middle to 0 at 20 pixels, at a quarter of the size: a blob that misses the
 * square's corners.
 * @param photo whose size the maps name
 */
export function squareScores(keys: readonly number[] = [4], photo = squareSize): ScoreMaps {
  const [width, height] = [12, 9]
  const maps = Float32Array.from({ length: keys.length * width * height }, (_, i) => {
    const [x, y] = [(i % width) + 0.5, Math.floor((i % (width * height)) / width) + 0.5]
    return Math.max(0, 1 - Math.hypot(x - 6, y - 4.5) / 5)
  })
  return { keys: Int32Array.from(keys), maps, width, height, photoWidth: photo.width, photoHeight: photo.height }
}
