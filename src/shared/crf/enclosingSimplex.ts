/** Where points lie in the permutohedral lattice of `dimensions` d: scratch memory for one point at a time. */
export class EnclosingSimplex {
  /** `[d + 1]`: the simplex's vertex of remainder 0. Its coordinates sum to 0 and are multiples of d + 1. */
  readonly origin: Int32Array
  /** `[d + 1]`: place of each coordinate's distance from `origin` in descending order; a permutation of 0 … d. */
  readonly rank: Int32Array
  /** `[d + 1]`: weight of the vertex of each remainder; they sum to 1. */
  readonly weights: Float64Array
  readonly #scale: Float64Array
  readonly #elevated: Float64Array

  constructor(readonly dimensions: number) {
    const d = dimensions
    this.origin = new Int32Array(d + 1)
    this.rank = new Int32Array(d + 1)
    this.weights = new Float64Array(d + 2)
    this.#elevated = new Float64Array(d + 1)
    // The variance of splat, blur and slice together is 2/3·(d + 1)² (p. 6): features are scaled so that it becomes 1.
    const deviation = Math.sqrt(2 / 3) * (d + 1)
    this.#scale = Float64Array.from({ length: d }, (_, i) => deviation / Math.sqrt((i + 1) * (i + 2)))
  }

  /**
   * Finds the simplex around a point (Adams, Baek and Davis 2010, section 3; densecrf `permutohedral.cpp` `init`).
   * @param features the point's d features begin at `start`
   */
  locate(features: Float32Array, start: number): void {
    this.#elevate(features, start)
    const excess = this.#nearestOrigin()
    this.#sort()
    this.#backToPlane(excess)
    this.#interpolate()
  }

  /** Maps d features onto the plane of d + 1 coordinates that sum to 0: y = E·p (p. 5). */
  #elevate(features: Float32Array, start: number): void {
    const elevated = this.#elevated
    let sum = 0
    for (let j = this.dimensions; j > 0; j--) {
      const feature = features[start + j - 1]! * this.#scale[j - 1]!
      elevated[j] = sum - j * feature
      sum += feature
    }
    elevated[0] = sum
  }

  /** Rounds every coordinate to a multiple of d + 1. @returns how far the sum is from 0, in multiples of d + 1 */
  #nearestOrigin(): number {
    const d = this.dimensions
    let excess = 0
    for (let i = 0; i <= d; i++) {
      const multiple = Math.round(this.#elevated[i]! / (d + 1))
      this.origin[i] = multiple * (d + 1)
      excess += multiple
    }
    return excess
  }

  #sort(): void {
    const { dimensions: d, rank, origin } = this
    for (let i = 0; i <= d; i++) rank[i] = 0
    for (let i = 0; i < d; i++) {
      const distance = this.#elevated[i]! - origin[i]!
      for (let j = i + 1; j <= d; j++)
        if (distance < this.#elevated[j]! - origin[j]!) rank[i]!++
        else rank[j]!++
    }
  }

  /** Moves the origin of a point that was rounded off the plane back to it. */
  #backToPlane(excess: number): void {
    const { dimensions: d, rank, origin } = this
    for (let i = 0; i <= d; i++) {
      const shifted = rank[i]! + excess
      const turn = shifted < 0 ? d + 1 : shifted > d ? -(d + 1) : 0
      rank[i] = shifted + turn
      origin[i]! += turn
    }
  }

  /** Barycentric coordinates (p. 10). */
  #interpolate(): void {
    const { dimensions: d, rank, origin, weights } = this
    for (let i = 0; i <= d + 1; i++) weights[i] = 0
    for (let i = 0; i <= d; i++) {
      const distance = (this.#elevated[i]! - origin[i]!) / (d + 1)
      weights[d - rank[i]!]! += distance
      weights[d - rank[i]! + 1]! -= distance
    }
    weights[0]! += 1 + weights[d + 1]!
  }
}
