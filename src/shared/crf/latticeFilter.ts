import type { PermutohedralLattice } from './permutohedralLattice'

/** One image's kernel, ready to filter maps of `channels` values a point again and again. */
export class LatticeFilter {
  /** `[vertices + 1, channels]`, twice: row 0 is the vertex that does not exist, and stays 0. */
  #values: Float32Array
  #blurred: Float32Array

  constructor(
    readonly lattice: PermutohedralLattice,
    readonly channels: number,
  ) {
    this.#values = new Float32Array((lattice.vertices + 1) * channels)
    this.#blurred = new Float32Array(this.#values.length)
  }

  /**
   * Adds `factor · scale · K · scale · input` to `output`.
   *
   * @param input  `[points, channels]`
   * @param output the same
   * @param scale  `[points]`: multiplies a point's values going in and coming out
   */
  add(input: Float32Array, output: Float32Array, scale: Float32Array, factor: number): void {
    this.#splat(input, scale)
    for (let axis = 0; axis <= this.lattice.dimensions; axis++) this.#blur(axis)
    // What splat, blur and slice together scale a constant by, away from borders (densecrf `alpha`).
    this.#slice(output, scale, factor / (1 + 2 ** -this.lattice.dimensions))
  }

  #splat(input: Float32Array, scale: Float32Array): void {
    const { corners, weights, points, dimensions } = this.lattice
    const values = this.#values
    const channels = this.channels
    values.fill(0)
    for (let point = 0, corner = 0; point < points; point++) {
      const from = point * channels
      for (const end = corner + dimensions + 1; corner < end; corner++) {
        const to = corners[corner]! * channels
        const weight = weights[corner]! * scale[point]!
        for (let c = 0; c < channels; c++) values[to + c]! += weight * input[from + c]!
      }
    }
  }

  /** v + ½ (before + after) along one axis. */
  #blur(axis: number): void {
    const { neighbours, vertices } = this.lattice
    const channels = this.channels
    const old = this.#values
    const blurred = this.#blurred
    for (let vertex = 1, at = (axis * (vertices + 1) + 1) * 2; vertex <= vertices; vertex++, at += 2) {
      const here = vertex * channels
      const before = neighbours[at]! * channels
      const after = neighbours[at + 1]! * channels
      for (let c = 0; c < channels; c++) blurred[here + c] = old[here + c]! + 0.5 * (old[before + c]! + old[after + c]!)
    }
    this.#values = blurred
    this.#blurred = old
  }

  #slice(output: Float32Array, scale: Float32Array, factor: number): void {
    const { corners, weights, points, dimensions } = this.lattice
    const values = this.#values
    const channels = this.channels
    for (let point = 0, corner = 0; point < points; point++) {
      const to = point * channels
      for (const end = corner + dimensions + 1; corner < end; corner++) {
        const from = corners[corner]! * channels
        const weight = weights[corner]! * scale[point]! * factor
        for (let c = 0; c < channels; c++) output[to + c]! += weight * values[from + c]!
      }
    }
  }
}
