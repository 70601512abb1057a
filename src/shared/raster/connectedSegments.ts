import type { Size } from './size'

/**
 * Makes every segment one connected part (over edges of pixels), the last step of SLIC: parts are numbered in the order
 * of their first pixels, and one with fewer than `least` pixels joins the part that was before it there.
 * @param ids `[height * width]`, of any numbers; −1 is one, too
 */
export function connectedSegments(
  ids: Int32Array,
  { width, height }: Size,
  least: number,
): { readonly ids: Int32Array; readonly count: number } {
  const parts = new Int32Array(ids.length).fill(-1)
  const found = new Int32Array(ids.length)
  let count = 0
  for (let start = 0; start < ids.length; start++) {
    if (parts[start] !== -1) continue
    const before = partBefore(parts, start, width)
    parts[start] = count
    found[0] = start
    let size = 1
    for (let i = 0; i < size; i++) {
      const pixel = found[i]!
      const x = pixel % width
      const take = (other: number) => {
        if (parts[other] !== -1 || ids[other] !== ids[start]) return
        parts[other] = count
        found[size++] = other
      }
      if (x > 0) take(pixel - 1)
      if (x + 1 < width) take(pixel + 1)
      if (pixel >= width) take(pixel - width)
      if (pixel + width < width * height) take(pixel + width)
    }
    if (size >= least || before === -1) count++
    else for (let i = 0; i < size; i++) parts[found[i]!] = before
  }
  return { ids: parts, count }
}

/** The part left of a pixel or above it; −1 at the first. A part's first pixel has both of them done already. */
function partBefore(parts: Int32Array, pixel: number, width: number): number {
  if (pixel % width > 0) return parts[pixel - 1]!
  return pixel >= width ? parts[pixel - width]! : -1
}
