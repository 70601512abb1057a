/** A pair of cells, (0, 0) and (dy, dx), and every cell that a straight way between them touches. */
export interface AffinityPath {
  readonly dy: number
  readonly dx: number
  /** `[y, x]` relative to the first cell; the far end comes first, (0, 0) is included. */
  readonly cells: readonly (readonly [y: number, x: number])[]
}

/**
 * The pairs within `radius`, each counted once, and the ways between them: cells less than 1 from the line, inside the
 * box that the pair spans. Shorter ways first (jiwoon-ahn/irn misc/indexing.py `PathIndex`).
 *
 * Radius 5 has 34 pairs of 242 cells in all, radius 10 has 152 of 2,134.
 */
export function affinityPaths(radius: number): readonly AffinityPath[] {
  return directionsWithin(radius)
    .map(([dy, dx]) => ({ dy, dx, cells: cellsBetween(dy, dx) }))
    .sort((a, b) => a.cells.length - b.cells.length) // stable: equals stay in the order they were made in
}

/** The largest step along an axis that a pair within `radius` takes. */
export function reachOf(radius: number): number {
  return radius - 1
}

/** Half a disc: of two opposite directions one, to the right first, then row by row downwards. */
function directionsWithin(radius: number): readonly (readonly [dy: number, dx: number])[] {
  const reach = reachOf(radius)
  const directions: [number, number][] = []
  for (let dx = 1; dx <= reach; dx++) directions.push([0, dx])
  for (let dy = 1; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) if (dx * dx + dy * dy < radius * radius) directions.push([dy, dx])
  return directions
}

function cellsBetween(dy: number, dx: number): readonly (readonly [number, number])[] {
  const cells: [number, number][] = []
  for (let y = 0; y <= dy; y++)
    for (let x = Math.min(0, dx); x <= Math.max(0, dx); x++)
      if ((dy * x - dx * y) ** 2 < dy * dy + dx * dx) cells.push([y, x])
  const distance = ([y, x]: readonly [number, number]) => y + Math.abs(x)
  return cells.sort((a, b) => distance(b) - distance(a))
}

/** A path as offsets into a plane of `width` cells a row. */
export function pathOffsets({ cells }: AffinityPath, width: number): Int32Array {
  return Int32Array.from(cells, ([y, x]) => y * width + x)
}
