import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import type { LpcamOptions } from './options'
import { type Assignment, ClusterStep } from './clusterStep'
import { firstCentres } from './firstCentres'
import { readRows, type Rows } from './rows'

export type KmeansOptions = Pick<
  LpcamOptions,
  'clusters' | 'tolerance' | 'maxIterations' | 'initialisation' | 'restarts' | 'distance' | 'update' | 'emptyCluster'
>

export interface Clusters {
  /** Cluster of each row, of the last assignment. */
  readonly assignments: Int32Array
  /** `[count, channels]`, after the last update. */
  readonly centres: Float32Array
  readonly counts: Int32Array
  /** Squared sum of the centres' shifts, one an iteration. */
  readonly shifts: readonly number[]
  /** Sum over the rows of the distance to their centre, before the last update. */
  readonly spread: number
  /** False when the cap on iterations ended it. */
  readonly converged: boolean
  /** Centres that no row chose and that were placed anew, over all iterations. */
  readonly reseeded: number
}

/**
 * k-means as LPCAM's code runs it (subhadarship/kmeans_pytorch 0.3): rows go to the centre of least cosine distance,
 * a centre becomes the arithmetic mean of its rows as they are, and it stops when (Σ |shift|)² < tolerance.
 *
 * @param report called once an iteration with the squared shift; awaited, so that cancel and pause get in
 */
export async function kmeans(
  rows: Rows,
  options: KmeansOptions,
  random: RandomGenerator,
  report: (iteration: number, shift: number) => Promise<void> = async () => undefined,
): Promise<Clusters> {
  let best: Clusters | undefined
  const step = new ClusterStep(rows, options)
  for (let restart = 0; restart < options.restarts; restart++) {
    const start = await firstCentres(rows, options, random)
    const found = await iterate(rows, step, start, options, random, report)
    if (best === undefined || found.spread < best.spread) best = found
  }
  return best!
}

/** One descent from given first centres; what `kmeans` repeats. */
export async function iterate(
  rows: Rows,
  step: ClusterStep,
  start: Float32Array,
  options: KmeansOptions,
  random: RandomGenerator,
  report: (iteration: number, shift: number) => Promise<void>,
): Promise<Clusters> {
  let centres = start
  let best: (Assignment & { centres: Float32Array }) | undefined
  const shifts: number[] = []
  let reseeded = 0
  for (let iteration = 1; iteration <= options.maxIterations; iteration++) {
    const assignment = step.assign(centres)
    const updated = updateCentres(assignment, centres, rows, options, random)
    reseeded += updated.reseeded
    const sameCount = updated.centres.length === centres.length
    const shift = sameCount ? shiftSquared(centres, updated.centres, rows.channels) : Infinity
    centres = updated.centres
    shifts.push(shift)
    if (best === undefined || assignment.spread < best.spread) best = { ...assignment, centres }
    await report(iteration, shift)
    if (shift < options.tolerance) return finish({ ...assignment, centres }, shifts, reseeded, true)
  }
  return finish(best!, shifts, reseeded, false)
}

function finish(
  { centres, counts, spread, distances }: Assignment & { centres: Float32Array },
  shifts: readonly number[],
  reseeded: number,
  converged: boolean,
): Clusters {
  return { assignments: distances().nearest, centres, counts, shifts, spread, converged, reseeded }
}

/** The means of the assigned rows; a centre without rows is treated as `emptyCluster` says. */
function updateCentres(
  { sums, counts, distances }: Assignment,
  centres: Float32Array,
  rows: Rows,
  { emptyCluster }: Pick<KmeansOptions, 'emptyCluster'>,
  random: RandomGenerator,
): { centres: Float32Array; reseeded: number } {
  const { channels } = rows
  const updated = centres.slice()
  const empty: number[] = []
  counts.forEach((count, k) => {
    if (count === 0) return void empty.push(k)
    for (let d = 0; d < channels; d++) updated[k * channels + d] = sums[k * channels + d]! / count
  })
  if (empty.length === 0) return { centres: updated, reseeded: 0 }
  if (emptyCluster === 'drop') return { centres: without(updated, empty, channels), reseeded: 0 }
  const farthest = emptyCluster === 'farthest' ? farthestRows(distances().distance, empty.length) : []
  const chosen = empty.map((_, i) => farthest[i] ?? uniformInt(random, 0, rows.count - 1))
  const replacements = readRows(rows, chosen)
  empty.forEach((k, i) => updated.set(replacements.subarray(i * channels, (i + 1) * channels), k * channels))
  return { centres: updated, reseeded: empty.length }
}

function without(centres: Float32Array, dropped: readonly number[], channels: number): Float32Array {
  const kept: number[] = []
  for (let k = 0; k < centres.length / channels; k++) if (!dropped.includes(k)) kept.push(k)
  const out = new Float32Array(kept.length * channels)
  kept.forEach((k, i) => out.set(centres.subarray(k * channels, (k + 1) * channels), i * channels))
  return out
}

/** Rows of largest distance, the farthest first; of equals the earlier one. */
function farthestRows(distance: Float32Array, count: number): number[] {
  return [...distance.keys()].sort((a, b) => distance[b]! - distance[a]! || a - b).slice(0, count)
}

/** (Σ_k |c'_k − c_k|)² */
function shiftSquared(before: Float32Array, after: Float32Array, channels: number): number {
  let sum = 0
  for (let start = 0; start < before.length; start += channels) {
    let square = 0
    for (let d = start; d < start + channels; d++) square += (after[d]! - before[d]!) ** 2
    sum += Math.sqrt(square)
  }
  return sum * sum
}
