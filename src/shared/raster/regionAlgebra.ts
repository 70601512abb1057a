import { RegionBuilder, type Region } from './region'

/** The pixels of `a` that are not in `b`. */
export function subtractRegion(a: Region, b: Region): Region {
  const builder = new RegionBuilder()
  let place = 0
  for (let i = 0; i < a.runs.length; i += 3) {
    const y = a.runs[i]!
    let x = a.runs[i + 1]!
    const end = a.runs[i + 2]!
    while (place < b.runs.length && (b.runs[place]! < y || (b.runs[place] === y && b.runs[place + 2]! <= x))) place += 3
    for (let other = place; other < b.runs.length && b.runs[other] === y && b.runs[other + 1]! < end; other += 3) {
      builder.add(y, x, b.runs[other + 1]!)
      x = Math.max(x, b.runs[other + 2]!)
    }
    builder.add(y, x, end)
  }
  return builder.region()
}

/** The pixels of either. */
export function uniteRegions(a: Region, b: Region): Region {
  const builder = new RegionBuilder()
  let [i, j] = [0, 0]
  let [y, from, to] = [-1, 0, 0]
  while (i < a.runs.length || j < b.runs.length) {
    const takesFirst = j >= b.runs.length || (i < a.runs.length && isBefore(a.runs, i, b.runs, j))
    const runs = takesFirst ? a.runs : b.runs
    const at = takesFirst ? i : j
    if (takesFirst) i += 3
    else j += 3
    if (runs[at] === y && runs[at + 1]! <= to) {
      to = Math.max(to, runs[at + 2]!)
      continue
    }
    if (y >= 0) builder.add(y, from, to)
    ;[y, from, to] = [runs[at]!, runs[at + 1]!, runs[at + 2]!]
  }
  if (y >= 0) builder.add(y, from, to)
  return builder.region()
}

function isBefore(a: Int32Array, i: number, b: Int32Array, j: number): boolean {
  return a[i]! < b[j]! || (a[i] === b[j] && a[i + 1]! < b[j + 1]!)
}
