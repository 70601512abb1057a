import type { Rectangle } from '../geometry/rectangle'
import type { LabelArray } from './labelTiles'
import { regionBounds, regionPixels, RegionBuilder, type Region } from './region'
import type { Size } from './size'

/** Pixels of one label that are connected to each other. */
export interface Component {
  readonly label: number
  readonly region: Region
  readonly pixels: number
  readonly bounds: Rectangle
}

/**
 * The connected parts of each label, in the order of their first pixels. Runs of equal labels are joined to those of the
 * row above by union-find (after He, Chao & Suzuki, "A run-based two-scan labeling algorithm", 2008).
 * @param labels   `[height * width]`
 * @param diagonal whether pixels that touch at a corner only are connected
 * @param wanted   labels that are looked at; by default all but the background
 */
export function connectedComponents(
  labels: LabelArray,
  { width, height }: Size,
  diagonal: boolean,
  wanted: (label: number) => boolean = label => label !== 0,
): Component[] {
  const builder = new RegionBuilder()
  const runLabels: number[] = []
  for (let y = 0; y < height; y++) {
    const line = y * width
    for (let x = 0; x < width;) {
      const label = labels[line + x]!
      let end = x + 1
      while (end < width && labels[line + end] === label) end++
      if (wanted(label)) {
        builder.addApart(y, x, end)
        runLabels.push(label)
      }
      x = end
    }
  }
  const { runs } = builder.region()
  const regions = gathered(
    runs,
    joinRuns(runs, diagonal, (a, b) => runLabels[a] === runLabels[b]),
  )
  return regions.map(({ region, first }) => {
    const bounds = regionBounds(region)!
    return { label: runLabels[first]!, region, pixels: regionPixels(region), bounds }
  })
}

/** What is known of a connected part of a region before it is taken apart. */
export interface PartFacts {
  readonly pixels: number
  readonly bounds: Rectangle
}

/** The connected parts of a region for which `keeps` holds, as one region. */
export function keepParts(region: Region, diagonal: boolean, keeps: (part: PartFacts) => boolean): Region {
  const { runs } = region
  const roots = joinRuns(runs, diagonal, () => true)
  const facts = partFacts(runs, roots)
  const kept = new Map([...facts].map(([first, part]) => [first, keeps(part)]))
  const builder = new RegionBuilder()
  for (let run = 0; run < roots.length; run++)
    if (kept.get(roots[run]!)) builder.add(runs[run * 3]!, runs[run * 3 + 1]!, runs[run * 3 + 2]!)
  return builder.region()
}

/** The connected part with the most pixels, the first of equals. */
export function largestPart(region: Region, diagonal: boolean): Region {
  let largest = 0
  keepParts(region, diagonal, ({ pixels }) => {
    largest = Math.max(largest, pixels)
    return false
  })
  let found = false
  return keepParts(region, diagonal, ({ pixels }) => {
    const isFirst = !found && pixels === largest
    found ||= isFirst
    return isFirst
  })
}

/** Pixels and bounds by first run, in the order of the parts' first pixels. */
function partFacts(runs: Int32Array, roots: Int32Array): Map<number, PartFacts> {
  const facts = new Map<number, { pixels: number; bounds: { x0: number; y0: number; x1: number; y1: number } }>()
  for (let run = 0; run < roots.length; run++) {
    const [y, x0, x1] = [runs[run * 3]!, runs[run * 3 + 1]!, runs[run * 3 + 2]!]
    const part = facts.get(roots[run]!)
    if (!part) {
      facts.set(roots[run]!, { pixels: x1 - x0, bounds: { x0, y0: y, x1, y1: y + 1 } })
      continue
    }
    const { bounds } = part
    part.pixels += x1 - x0
    bounds.x0 = Math.min(bounds.x0, x0)
    bounds.x1 = Math.max(bounds.x1, x1)
    bounds.y1 = y + 1
  }
  return facts
}

/** For each run the first run of its component: runs of neighbouring rows that touch, and that `joins`, are one. */
function joinRuns(runs: Int32Array, diagonal: boolean, joins: (a: number, b: number) => boolean): Int32Array {
  const reach = diagonal ? 1 : 0
  const count = runs.length / 3
  const parent = Int32Array.from({ length: count }, (_, run) => run)
  const rowOf = (run: number) => runs[run * 3]!
  let above = 0
  for (let run = 0; run < count; run++) {
    const y = rowOf(run)
    const from = runs[run * 3 + 1]! - reach
    const to = runs[run * 3 + 2]! + reach
    while (above < run && (rowOf(above) < y - 1 || (rowOf(above) === y - 1 && runs[above * 3 + 2]! <= from))) above++
    for (let other = above; other < run && rowOf(other) === y - 1 && runs[other * 3 + 1]! < to; other++)
      if (joins(run, other)) unite(parent, run, other)
    // Runs of one row touch where labels change, and never join; those of the row above stay for the next run.
  }
  return parent.map((_, run) => root(parent, run))
}

function root(parent: Int32Array, run: number): number {
  let at = run
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!
    at = parent[at]!
  }
  return at
}

/** The smaller root stays: components are numbered by their first run. */
function unite(parent: Int32Array, a: number, b: number): void {
  const [first, second] = [root(parent, a), root(parent, b)]
  if (first < second) parent[second] = first
  else parent[first] = second
}

function gathered(runs: Int32Array, roots: Int32Array): { readonly region: Region; readonly first: number }[] {
  const builders = new Map<number, RegionBuilder>()
  for (let run = 0; run < roots.length; run++) {
    const first = roots[run]!
    let builder = builders.get(first)
    if (!builder) builders.set(first, (builder = new RegionBuilder()))
    builder.add(runs[run * 3]!, runs[run * 3 + 1]!, runs[run * 3 + 2]!)
  }
  return [...builders].map(([first, builder]) => ({ first, region: builder.region() }))
}
