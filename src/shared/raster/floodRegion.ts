import { RegionBuilder, type Region } from './region'
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
  if (!passes(start)) return { runs: new Int32Array(0) }
  const seen = new Uint8Array(width * height)
  const reach = diagonal ? 1 : 0
  const rows: number[][] = []
  /** Starts of runs that are still to be followed, each marked as seen already. */
  const pending = [start]
  seen[start] = 1
  while (pending.length > 0) {
    const at = pending.pop()!
    const y = Math.floor(at / width)
    const line = y * width
    let x0 = at - line
    let x1 = x0 + 1
    while (x0 > 0 && seen[line + x0 - 1] === 0 && passes(line + x0 - 1)) seen[line + --x0] = 1
    while (x1 < width && seen[line + x1] === 0 && passes(line + x1)) seen[line + x1++] = 1
    ;(rows[y] ??= []).push(x0, x1)
    for (const next of [y - 1, y + 1]) {
      if (next < 0 || next >= height) continue
      const end = Math.min(width, x1 + reach)
      for (let x = Math.max(0, x0 - reach); x < end; x++) {
        const pixel = next * width + x
        if (seen[pixel] !== 0 || !passes(pixel)) continue
        seen[pixel] = 1
        pending.push(pixel)
        // The rest of this run is found from its first pixel.
        while (x + 1 < end && seen[next * width + x + 1] === 0 && passes(next * width + x + 1)) x++
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
