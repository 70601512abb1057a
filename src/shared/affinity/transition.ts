import type { Size } from '../raster/size'
import { affinityPaths, pathOffsets, reachOf } from './affinityPaths'

/**
 * One step of a random walk between the cells of a map, as a stencil: what a cell keeps and what it gets from each
 * neighbour. It lies on a map with a margin of `reach` cells on every side, so that no step has to look for the border.
 */
export interface Transition extends Size {
  readonly reach: number
  /** Where the neighbours are in the plane with its margin, `[neighbours]`. */
  readonly offsets: Int32Array
  /** `[height · width, neighbours]`, 0 for neighbours outside the map. */
  readonly weights: Float32Array
  /** `[height · width]`; with the weights of its row the sum is 1. */
  readonly kept: Float32Array
}

export interface WalkGraph {
  /** Cells nearer than this are neighbours. */
  readonly radius: number
  /** Exponent of the affinity: higher keeps the walk inside fainter edges. */
  readonly beta: number
}

/**
 * T of IRN (arXiv:1904.05044; jiwoon-ahn/irn misc/indexing.py `to_transition_matrix`): A^β with columns scaled to sum 1,
 * where A[p, q] = 1 − the strongest edge on the way from p to q, and A[p, p] = 1.
 *
 * A is symmetric, so the column of a cell is its row, and one row of the stencil holds what the cell gets: it is never
 * written out as a matrix of all cells by all cells.
 *
 * @param edge `[height · width]`, in [0, 1]
 */
export function transitionOf(edge: Float32Array, { width, height }: Size, { radius, beta }: WalkGraph): Transition {
  const paths = affinityPaths(radius)
  const reach = reachOf(radius)
  const neighbours = 2 * paths.length
  const weights = new Float32Array(width * height * neighbours)
  const offsets = new Int32Array(neighbours)
  paths.forEach((path, place) => {
    const { dy, dx } = path
    const onPath = pathOffsets(path, width)
    const step = dy * width + dx
    offsets[2 * place] = dy * (width + 2 * reach) + dx
    offsets[2 * place + 1] = -offsets[2 * place]!
    for (let y = 0; y < height - dy; y++)
      for (let x = Math.max(0, -dx); x < width - Math.max(0, dx); x++) {
        const cell = y * width + x
        const weight = (1 - strongest(edge, cell, onPath)) ** beta
        weights[cell * neighbours + 2 * place] = weight
        weights[(cell + step) * neighbours + 2 * place + 1] = weight
      }
  })
  return { width, height, reach, offsets, weights, kept: normaliseRows(weights, neighbours) }
}

function strongest(edge: Float32Array, cell: number, onPath: Int32Array): number {
  let most = 0
  for (let i = 0; i < onPath.length; i++) {
    const value = edge[cell + onPath[i]!]!
    if (value > most) most = value
  }
  return most
}

/** Scales each row, with the 1 of the cell itself, to sum 1. @returns what is left of that 1, `[rows]` */
function normaliseRows(weights: Float32Array, columns: number): Float32Array {
  return Float32Array.from({ length: weights.length / columns }, (_, row) => {
    let sum = 1
    for (let i = row * columns; i < (row + 1) * columns; i++) sum += weights[i]!
    for (let i = row * columns; i < (row + 1) * columns; i++) weights[i]! /= sum
    return 1 / sum
  })
}
