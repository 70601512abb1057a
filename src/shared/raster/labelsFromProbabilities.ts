import { bilinearRows } from './bilinearRows'
import type { Size } from './size'

/** One plane a label of one photo, at its own resolution. */
export interface LabelGrid extends Size {
  /** Background and classes. */
  readonly labels: number
  /** `[labels, height, width]`: probabilities or logits. */
  readonly planes: Float32Array
}

/** The label of the largest plane at every pixel of the photo, `[photo.height · photo.width]`; the first of equals. */
export function labelsFromProbabilities(grid: LabelGrid, photo: Size): Uint8Array {
  const { labels, planes } = grid
  const out = new Uint8Array(photo.height * photo.width)
  const best = new Float32Array(photo.width)
  bilinearRows(planes, labels, grid, photo, (y, rows) => {
    const start = y * photo.width
    best.set(rows.subarray(0, photo.width))
    for (let label = 1; label < labels; label++)
      for (let x = 0; x < photo.width; x++) {
        const value = rows[label * photo.width + x]!
        if (value <= best[x]!) continue
        best[x] = value
        out[start + x] = label
      }
  })
  return out
}
