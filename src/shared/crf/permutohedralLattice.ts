import { EnclosingSimplex } from './enclosingSimplex'
import { VertexTable } from './vertexTable'

/**
 * A Gaussian filter in d dimensions in time linear in points (Adams, Baek and Davis, "Fast high-dimensional filtering
 * using the permutohedral lattice", 2010), as Krähenbühl and Koltun's densecrf builds it (`permutohedral.cpp`): every
 * point gives its value to the d + 1 vertices around it, the vertices are blurred along d + 1 axes, and every point
 * gathers again. Only vertices with a point beside them exist.
 */
export interface PermutohedralLattice {
  readonly dimensions: number
  readonly points: number
  /** Their rows are 1 … vertices; row 0 stands for every vertex that does not exist. */
  readonly vertices: number
  /** d + 1, filled up to a multiple of three with corners of row 0 and weight 0: filters work three at once. */
  readonly cornersAPoint: number
  /** `[points, cornersAPoint]`: rows of the vertices around each point. */
  readonly corners: Int32Array
  /** `[points, cornersAPoint]`: the point's barycentric coordinates; they sum to 1. */
  readonly weights: Float32Array
  /** `[d + 1, vertices + 1, 2]`: rows before and after each vertex along each axis. */
  readonly neighbours: Int32Array
}

/** Odd and far apart, one a coordinate: what the hash of a vertex multiplies its coordinates by. */
const HASH_FACTORS = Int32Array.of(0x1b873593, 0x27d4eb2f, 0x165667b1, 0x2545f491, 0x3c6ef373, 0x5bd1e995)

/** @param features `[points, dimensions]`: distance 1 is one standard deviation of the kernel */
export function buildLattice(features: Float32Array, dimensions: number): PermutohedralLattice {
  const points = features.length / dimensions
  const table = new VertexTable(dimensions, points / 2)
  const cornersAPoint = 3 * Math.ceil((dimensions + 1) / 3)
  const corners = new Int32Array(points * cornersAPoint)
  const weights = new Float32Array(corners.length)
  const simplex = new EnclosingSimplex(dimensions)
  const walk = new CornerWalk(simplex, table)
  for (let point = 0; point < points; point++) {
    simplex.locate(features, point * dimensions)
    walk.start()
    for (let remainder = 0, corner = point * cornersAPoint; remainder <= dimensions; remainder++, corner++) {
      corners[corner] = walk.vertex()
      weights[corner] = simplex.weights[remainder]!
      walk.next(remainder)
    }
  }
  return {
    dimensions,
    points,
    vertices: table.size,
    cornersAPoint,
    corners,
    weights,
    neighbours: linkNeighbours(table),
  }
}

/**
 * Visits a simplex's vertices by remainder. That of remainder k is the origin with k added to every coordinate, and
 * d + 1 taken from the k coordinates of the highest ranks (the canonical simplex, p. 4); the last coordinate follows
 * from the others and is left out of the key.
 */
class CornerWalk {
  readonly #key: Int32Array
  /** `[d + 1]`: which coordinate has each rank. */
  readonly #coordinateOf: Int32Array
  readonly #step: number
  #hash = 0

  constructor(
    readonly simplex: EnclosingSimplex,
    readonly table: VertexTable,
  ) {
    this.#key = new Int32Array(table.dimensions + 1)
    this.#coordinateOf = new Int32Array(table.dimensions + 1)
    this.#step = stepHash(table.dimensions)
  }

  start(): void {
    const { dimensions, origin, rank } = this.simplex
    this.#hash = 0
    for (let i = 0; i <= dimensions; i++) {
      this.#key[i] = origin[i]!
      this.#coordinateOf[rank[i]!] = i
      if (i < dimensions) this.#hash = (this.#hash + Math.imul(origin[i]!, HASH_FACTORS[i]!)) | 0
    }
  }

  vertex(): number {
    return this.table.add(this.#key, this.#hash)
  }

  /** Goes from the vertex of `remainder` to the next. */
  next(remainder: number): void {
    const d = this.simplex.dimensions
    const turned = this.#coordinateOf[d - remainder]!
    for (let i = 0; i <= d; i++) this.#key[i]!++
    this.#key[turned]! -= d + 1
    this.#hash = (this.#hash + this.#step - axisHash(turned, d)) | 0
  }
}

/** Rows before and after every vertex: its key with 1 taken from every coordinate and d + 1 given to one, and back. */
function linkNeighbours(table: VertexTable): Int32Array {
  const d = table.dimensions
  const step = stepHash(d)
  const key = new Int32Array(d)
  const rows = table.size + 1
  const neighbours = new Int32Array((d + 1) * rows * 2)
  for (let vertex = 1; vertex < rows; vertex++) {
    table.copyKey(vertex, key)
    for (let i = 0; i < d; i++) key[i]!--
    const hash = table.hashOf(vertex) - step
    for (let axis = 0; axis <= d; axis++) {
      if (axis < d) key[axis]! += d + 1
      const before = table.find(key, (hash + axisHash(axis, d)) | 0)
      if (axis < d) key[axis]! -= d + 1
      if (before === 0) continue
      neighbours[(axis * rows + vertex) * 2] = before
      neighbours[(axis * rows + before) * 2 + 1] = vertex
    }
  }
  return neighbours
}

/** What adding 1 to every coordinate adds to a hash. */
function stepHash(d: number): number {
  return HASH_FACTORS.subarray(0, d).reduce((sum, factor) => (sum + factor) | 0, 0)
}

/** What adding d + 1 to one coordinate adds to a hash; the last coordinate is no part of it. */
function axisHash(coordinate: number, d: number): number {
  return coordinate < d ? Math.imul(d + 1, HASH_FACTORS[coordinate]!) : 0
}
