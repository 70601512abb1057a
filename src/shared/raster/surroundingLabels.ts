import type { LabelArray } from './labelTiles'
import { filterRegion, forEachRun, regionBounds, type Region } from './region'
import { paddedBox } from './regionMask'
import type { Size } from './size'

/** Zeros cost no memory until they are written: only pixels that leave, and their neighbours, do. */
const STAYS = 0
const LEAVES = 1
/** A label that was taken is kept as so much more. */
const TAKEN = 2

/**
 * What pixels become that leave their label: each takes the label of the pixel outside that reaches it first, over edges
 * of pixels, so that an island in a sea becomes sea and a rim between two classes goes to its neighbour.
 * @param labels  `[height * width]`
 * @param leaving pixels that leave
 * @param own     a label that they do not take again
 * @returns a region for each label that is taken; pixels that no other label reaches are in none
 */
export function surroundingLabels(
  labels: LabelArray,
  size: Size,
  leaving: Region,
  own: number,
): { readonly region: Region; readonly label: number }[] {
  const bounds = regionBounds(leaving)
  if (!bounds) return []
  const box = paddedBox(bounds, 1, size)
  const [width, height] = [box.x1 - box.x0, box.y1 - box.y0]
  /** `[height, width]` of the box: `STAYS`, `LEAVES`, or the label taken plus `TAKEN`. */
  const taken = new Int32Array(width * height)
  const placeOf = (x: number, y: number) => (y - box.y0) * width + x - box.x0
  forEachRun(leaving, (y, x0, x1) => taken.fill(LEAVES, placeOf(x0, y), placeOf(x1, y)))
  const found = new Set<number>()
  /** Places that have taken a label, in that order; it is read while it grows: that is the wave. */
  const wave: number[] = []
  const take = (place: number, label: number) => {
    taken[place] = label + TAKEN
    found.add(label)
    wave.push(place)
  }
  const around = neighbourhood(width, height)
  forEachRun(leaving, (y, x0, x1) => {
    for (let place = placeOf(x0, y); place < placeOf(x1, y); place++)
      around(place, other => {
        if (taken[place] !== LEAVES || taken[other] !== STAYS) return
        const x = other % width
        const label = labels[(box.y0 + (other - x) / width) * size.width + box.x0 + x]!
        if (label !== own) take(place, label)
      })
  })
  for (let i = 0; i < wave.length; i++)
    around(wave[i]!, other => {
      if (taken[other] === LEAVES) take(other, taken[wave[i]!]! - TAKEN)
    })
  return [...found].map(label => ({
    label,
    region: filterRegion(leaving, (x, y) => taken[placeOf(x, y)] === label + TAKEN),
  }))
}

/** Visits the up to four neighbours of a place. */
function neighbourhood(width: number, height: number) {
  return (place: number, visit: (other: number) => void) => {
    const x = place % width
    if (place >= width) visit(place - width)
    if (x > 0) visit(place - 1)
    if (x + 1 < width) visit(place + 1)
    if (place + width < width * height) visit(place + width)
  }
}
