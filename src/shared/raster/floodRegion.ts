import { emptyRegion, RegionBuilder, type Region } from './region'
import type { Size } from './size'

/** Whether a pixel, by its place in `[height * width]`, belongs to what is flooded. */
export type PixelTest = (pixel: number) => boolean

/**
 * The pixels connected to a start through pixels that pass, found run by run along rows (scanline fill; Smith, "Tint
 * fill", SIGGRAPH 1979). Empty where the start itself does not pass.
 * @param start    place in `[height * width]`
 * @param diagonal whether pixels that touch at a corner only are connected
 */
export function floodRegion(size: Size, start: number, passes: PixelTest, diagonal: boolean): Region {
  const { width, height } = size
  if (!passes(start)) return emptyRegion
  const reach = diagonal ? 1 : 0
  const rows: number[][] = []
  /** Pixels that are in, by row; only rows that are reached take memory. */
  const seen: Uint8Array[] = []
  const rowOf = (y: number) => (seen[y] ??= new Uint8Array(width))
  /** Pixels from which runs are still to be found, each marked as seen already. */
  const pending = [start]
  rowOf(Math.floor(start / width))[start % width] = 1
  while (pending.length > 0) {
    const at = pending.pop()!
    const y = Math.floor(at / width)
    const [line, row] = [y * width, rowOf(y)]
    let x0 = at - line
    let x1 = x0 + 1
    while (x0 > 0 && row[x0 - 1] === 0 && passes(line + x0 - 1)) x0--
    while (x1 < width && row[x1] === 0 && passes(line + x1)) x1++
    row.fill(1, x0, x1)
    ;(rows[y] ??= []).push(x0, x1)
    const [from, to] = [Math.max(0, x0 - reach), Math.min(width, x1 + reach)]
    if (y > 0) addPending(rowOf(y - 1), line - width, from, to)
    if (y + 1 < height) addPending(rowOf(y + 1), line + width, from, to)
  }
  return ordered(rows)

  /** Finds the first pixel of each run that begins within these columns; the rest of it is found from there. */
  function addPending(row: Uint8Array, line: number, from: number, to: number): void {
    let isWithin = false
    for (let x = from; x < to; x++) {
      const isNew = row[x] === 0 && passes(line + x)
      if (isNew && !isWithin) {
        row[x] = 1
        pending.push(line + x)
      }
      isWithin = isNew
    }
  }
}

/** Runs in the order in which regions keep them. */
function ordered(rows: readonly (readonly number[])[]): Region {
  const builder = new RegionBuilder()
  rows.forEach((found, y) => {
    const runs = Array.from({ length: found.length / 2 }, (_, i) => [found[2 * i]!, found[2 * i + 1]!] as const)
    runs.sort((a, b) => a[0] - b[0])
    for (const [x0, x1] of runs) builder.add(y, x0, x1)
  })
  return builder.region()
}
