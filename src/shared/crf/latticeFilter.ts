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

  /** Three corners at once: a value is then read once for three that it is added to. */
  #splat(input: Float32Array, scale: Float32Array): void {
    const { corners, weights, points, cornersAPoint } = this.lattice
    const values = this.#values
    const channels = this.channels
    values.fill(0)
    for (let point = 0, corner = 0; point < points; point++) {
      const from = point * channels
      const factor = scale[point]!
      for (const end = corner + cornersAPoint; corner < end; corner += 3) {
        const toA = corners[corner]! * channels
        const toB = corners[corner + 1]! * channels
        const toC = corners[corner + 2]! * channels
        const weightA = factor * weights[corner]!
        const weightB = factor * weights[corner + 1]!
        const weightC = factor * weights[corner + 2]!
        for (let channel = 0; channel < channels; channel++) {
          const value = input[from + channel]!
          values[toA + channel]! += weightA * value
          values[toB + channel]! += weightB * value
          values[toC + channel]! += weightC * value
        }
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
      for (let channel = 0; channel < channels; channel++)
        blurred[here + channel] = old[here + channel]! + 0.5 * (old[before + channel]! + old[after + channel]!)
    }
    this.#values = blurred
    this.#blurred = old
  }

  #slice(output: Float32Array, scale: Float32Array, factor: number): void {
    const { corners, weights, points, cornersAPoint } = this.lattice
    const values = this.#values
    const channels = this.channels
    for (let point = 0, corner = 0; point < points; point++) {
      const to = point * channels
      const own = scale[point]! * factor
      for (const end = corner + cornersAPoint; corner < end; corner += 3) {
        const fromA = corners[corner]! * channels
        const fromB = corners[corner + 1]! * channels
        const fromC = corners[corner + 2]! * channels
        const weightA = own * weights[corner]!
        const weightB = own * weights[corner + 1]!
        const weightC = own * weights[corner + 2]!
        for (let channel = 0; channel < channels; channel++)
          output[to + channel]! +=
            weightA * values[fromA + channel]! + weightB * values[fromB + channel]! + weightC * values[fromC + channel]!
      }
    }
  }
}
