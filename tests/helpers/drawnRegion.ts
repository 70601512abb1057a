import { RegionBuilder, type Region } from '../../src/shared/raster/region'
import type { Size } from '../../src/shared/raster/size'

/** A region as rows of `#` and `.`, as wide and high as asked for. */
export function drawn({ runs }: Region, { width, height }: Size): string[] {
  const rows = Array.from({ length: height }, () => '.'.repeat(width))
  for (let i = 0; i < runs.length; i += 3) {
    const [y, x0, x1] = [runs[i]!, runs[i + 1]!, runs[i + 2]!]
    rows[y] = rows[y]!.slice(0, x0) + '#'.repeat(x1 - x0) + rows[y]!.slice(x1)
  }
  return rows
}

/** The region of the `#` in rows of text. */
export function regionOf(rows: readonly string[]): Region {
  const builder = new RegionBuilder()
  rows.forEach((row, y) => [...row].forEach((mark, x) => mark === '#' && builder.add(y, x, x + 1)))
  return builder.region()
}

/** Rows of marks that are the same for the same seed: about `share` of them `#`, in patches. */
export function noiseRows({ width, height }: Size, seed: number, share = 0.5): string[] {
  const value = (x: number, y: number) => {
    let hash = Math.imul((x >> 1) + 374_761_393 * (y >> 1) + seed * 668_265_263, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13) ^ (((x * 7919 + y * 104_729) % 5) << 20), 0xc2b2ae35)
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
  }
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (value(x, y) < share ? '#' : '.')).join(''),
  )
}
