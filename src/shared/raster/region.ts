import type { Rectangle } from '../geometry/rectangle'

/**
 * A set of pixels as runs along rows: what a tool touches, whatever its shape, costs its own pixels and not the photo's.
 * Runs are disjoint, ordered by row and then by column.
 */
export interface Region {
  /** `[runs, 3]`: row, first column, column after the last. */
  readonly runs: Int32Array
}

export const emptyRegion: Region = { runs: new Int32Array(0) }

/** Collects runs in order, into memory that grows; a run that goes on where the last one ended lengthens it. */
export class RegionBuilder {
  #runs = new Int32Array(96)
  #length = 0

  /** Adds columns x0 … x1 − 1 of row y; none where x1 ≤ x0. */
  add(y: number, x0: number, x1: number): void {
    if (x1 <= x0) return
    const runs = this.#runs
    const last = this.#length - 3
    if (last >= 0 && runs[last] === y && runs[last + 2] === x0) {
      runs[last + 2] = x1
      return
    }
    this.addApart(y, x0, x1)
  }

  /** As `add`, and a run of its own in any case. */
  addApart(y: number, x0: number, x1: number): void {
    const runs = this.#runs
    if (this.#length + 3 > runs.length) {
      this.#runs = new Int32Array(2 * runs.length)
      this.#runs.set(runs)
    }
    this.#runs[this.#length++] = y
    this.#runs[this.#length++] = x0
    this.#runs[this.#length++] = x1
  }

  region(): Region {
    return { runs: this.#runs.slice(0, this.#length) }
  }
}

/** Calls `visit` with each run in order. */
export function forEachRun({ runs }: Region, visit: (y: number, x0: number, x1: number) => void): void {
  for (let i = 0; i < runs.length; i += 3) visit(runs[i]!, runs[i + 1]!, runs[i + 2]!)
}

export function isEmptyRegion({ runs }: Region): boolean {
  return runs.length === 0
}

/** How many pixels it has. */
export function regionPixels({ runs }: Region): number {
  let pixels = 0
  for (let i = 0; i < runs.length; i += 3) pixels += runs[i + 2]! - runs[i + 1]!
  return pixels
}

/** The smallest rectangle around it; undefined where it is empty. */
export function regionBounds({ runs }: Region): Rectangle | undefined {
  if (runs.length === 0) return undefined
  let x0 = Infinity
  let x1 = -Infinity
  for (let i = 0; i < runs.length; i += 3) {
    x0 = Math.min(x0, runs[i + 1]!)
    x1 = Math.max(x1, runs[i + 2]!)
  }
  return { x0, y0: runs[0]!, x1, y1: runs[runs.length - 3]! + 1 }
}

/** Its pixels that pass. @param keeps told a pixel's column and row */
export function filterRegion({ runs }: Region, keeps: (x: number, y: number) => boolean): Region {
  const kept = new RegionBuilder()
  for (let i = 0; i < runs.length; i += 3) {
    const y = runs[i]!
    const end = runs[i + 2]!
    let start = -1
    for (let x = runs[i + 1]!; x < end; x++) {
      if (keeps(x, y)) {
        if (start < 0) start = x
      } else if (start >= 0) {
        kept.add(y, start, x)
        start = -1
      }
    }
    if (start >= 0) kept.add(y, start, end)
  }
  return kept.region()
}

/** Moved by whole pixels, less what leaves a photo of this size. */
export function movedRegion({ runs }: Region, dx: number, dy: number, size: { width: number; height: number }): Region {
  const moved = new RegionBuilder()
  for (let i = 0; i < runs.length; i += 3) {
    const y = runs[i]! + dy
    if (y < 0 || y >= size.height) continue
    moved.add(y, Math.max(0, runs[i + 1]! + dx), Math.min(size.width, runs[i + 2]! + dx))
  }
  return moved.region()
}
