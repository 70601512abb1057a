import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { ClusterStep } from './clusterStep'
import type { KmeansOptions } from './kmeans'
import { readRows, type Rows } from './rows'

/**
 * The rows that k-means starts from, `[min(clusters, distinct rows), channels]`: drawn without repetition
 * (kmeans_pytorch `initialize`), or by k-means++.
 */
export async function firstCentres(
  rows: Rows,
  options: Pick<KmeansOptions, 'clusters' | 'initialisation' | 'distance' | 'update'>,
  random: RandomGenerator,
): Promise<Float32Array> {
  const count = Math.min(options.clusters, distinctRows(rows, options.clusters))
  if (options.initialisation === 'kmeans++') return spreadOut(rows, count, options, random)
  return distinctDraw(rows, count, random)
}

/**
 * `count` different integers below `total`, in random order. Few of many come by Floyd's algorithm, which keeps the last
 * `count` of them from the first places: where that would matter, and of all it would leave the order as it is, they are
 * shuffled (the first steps of Fisher and Yates).
 */
export function drawWithoutRepetition(total: number, count: number, random: RandomGenerator): number[] {
  if (2 * count > total) return shuffled(total, count, random)
  const chosen = new Set<number>()
  for (let top = total - count; top < total; top++) {
    const candidate = uniformInt(random, 0, top)
    chosen.add(chosen.has(candidate) ? top : candidate)
  }
  return [...chosen]
}

function shuffled(total: number, count: number, random: RandomGenerator): number[] {
  const order = Array.from({ length: total }, (_, place) => place)
  for (let place = 0; place < count; place++) {
    const from = uniformInt(random, place, total - 1)
    ;[order[place], order[from]] = [order[from]!, order[place]!]
  }
  return order.slice(0, count)
}

/** How many different rows there are, counted no further than `enough`. */
function distinctRows(rows: Rows, enough: number): number {
  const seen = new Set<string>()
  for (let index = 0; index < rows.count && seen.size < enough; index++) seen.add(keyOf(readRows(rows, [index])))
  return seen.size
}

/** Draws rows until `count` different ones are found: equal first centres could never part. */
function distinctDraw(rows: Rows, count: number, random: RandomGenerator): Float32Array {
  const order = drawWithoutRepetition(rows.count, Math.min(rows.count, count * 4), random)
  const drawn = readRows(rows, order)
  const centres: Float32Array[] = []
  const seen = new Set<string>()
  const take = (row: Float32Array) => {
    if (centres.length === count || seen.has(keyOf(row))) return
    seen.add(keyOf(row))
    centres.push(row)
  }
  for (let i = 0; i < order.length; i++) take(drawn.subarray(i * rows.channels, (i + 1) * rows.channels))
  for (let index = 0; centres.length < count && index < rows.count; index++) take(readRows(rows, [index]))
  return joined(centres, rows.channels)
}

/** k-means++ (Arthur & Vassilvitskii 2007): each next centre with probability ∝ its distance to the nearest one. */
async function spreadOut(
  rows: Rows,
  count: number,
  options: Pick<KmeansOptions, 'distance' | 'update'>,
  random: RandomGenerator,
): Promise<Float32Array> {
  const step = new ClusterStep(rows, options)
  const centres = [readRows(rows, [uniformInt(random, 0, rows.count - 1)])]
  while (centres.length < count) {
    const { distance } = step.distances(joined(centres, rows.channels))
    const total = distance.reduce((sum, value) => sum + Math.max(0, value), 0)
    let left = uniformFloat64(random) * total
    let index = 0
    while (index < rows.count - 1 && (left -= Math.max(0, distance[index]!)) >= 0) index++
    centres.push(readRows(rows, [index]))
  }
  return joined(centres, rows.channels)
}

function joined(centres: readonly Float32Array[], channels: number): Float32Array {
  const out = new Float32Array(centres.length * channels)
  centres.forEach((centre, i) => out.set(centre, i * channels))
  return out
}

function keyOf(row: Float32Array): string {
  return Buffer.from(row.buffer, row.byteOffset, row.byteLength).toString('latin1')
}
