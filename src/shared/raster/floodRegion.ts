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
  const isNew = (y: number, x: number) => (seen[y] ??= new Uint8Array(width))[x] === 0 && passes(y * width + x)
  /** Pixels from which runs are still to be found, each marked as seen already. */
  const pending = [start]
  isNew(Math.floor(start / width), start % width)
  while (pending.length > 0) {
    const at = pending.pop()!
    const y = Math.floor(at / width)
    const row = seen[y]!
    let x0 = at % width
    let x1 = x0 + 1
    while (x0 > 0 && isNew(y, x0 - 1)) x0--
    while (x1 < width && isNew(y, x1)) x1++
    row.fill(1, x0, x1)
    ;(rows[y] ??= []).push(x0, x1)
    const end = Math.min(width, x1 + reach)
    for (const next of [y - 1, y + 1]) {
      if (next < 0 || next >= height) continue
      for (let x = Math.max(0, x0 - reach); x < end; x++) {
        if (!isNew(next, x)) continue
        seen[next]![x] = 1
        pending.push(next * width + x)
        // The rest of this run is found from its first pixel.
        while (x + 1 < end && isNew(next, x + 1)) x++
      }
    }
  }
  return ordered(rows)
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
