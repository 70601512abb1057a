import { expect, test } from 'vitest'
import { parityCase } from '../../../tests/helpers/parity'
import { affinityPaths } from './affinityPaths'
import { chebyshevWeights, randomWalk } from './randomWalk'
import { transitionOf } from './transition'
import { walkScores } from './walkScores'

interface PathCase {
  readonly expected: {
    readonly dst: readonly (readonly number[])[]
    readonly pathLengths: readonly number[]
    /** Left out at radius 10. */
    readonly paths: readonly (readonly (readonly number[])[])[] | null
  }
}

test.each([3, 5, 10])('paths within radius %i are those of the reference, in its order', radius => {
  const { expected } = parityCase<PathCase>(`pathindex-r${radius}`)
  const paths = affinityPaths(radius)
  expect(paths.map(({ dy, dx }) => [dy, dx])).toEqual(expected.dst)
  expect(paths.map(({ cells }) => cells.length)).toEqual(expected.pathLengths)
  if (expected.paths) expect(paths.map(({ cells }) => cells)).toEqual(expected.paths)
})

interface WalkCase {
  readonly input: {
    readonly cam: readonly (readonly (readonly number[])[])[]
    readonly edge: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[]
    readonly beta: number
    readonly expTimes: number
    readonly radius: number
  }
  readonly expected: readonly (readonly (readonly number[])[])[]
  readonly tol: number
}

test.each(['b10-e8-r5', 'b10-e2-r5', 'b1-e0-r5', 'b10-e8-r3'])('the walk %s is that of the reference', id => {
  const { input, expected, tol } = parityCase<WalkCase>(`randomwalk-${id}`)
  const [height, width] = [input.cam[0]!.length, input.cam[0]![0]!.length]
  const edge = Float32Array.from(input.edge.flat(2))
  const scores = Float32Array.from(input.cam.flat(2), (score, i) => score * (1 - edge[i % edge.length]!))
  const transition = transitionOf(edge, { width, height }, input)
  const walked = randomWalk(scores, input.cam.length, transition, 2 ** input.expTimes)
  const worst = expected.flat(2).reduce((most, value, i) => Math.max(most, Math.abs(value - walked[i]!)), 0)
  expect(worst).toBeLessThan(tol)
})

const size = { width: 11, height: 9 }
const cells = size.width * size.height
/** Numbers in [0, 1) without a pattern a stencil could share. */
const noise = (count: number, salt: number) =>
  Float32Array.from({ length: count }, (_, i) => ((7919 * i + 13 + 101 * salt) % 1009) / 1009)

/** T^steps as the paper writes it: the whole matrix, squared in float64; ways by the distance from the line. */
function denseWalk(scores: Float32Array, edge: Float32Array, radius: number, beta: number, doublings: number) {
  const at = (cell: number) => [Math.floor(cell / size.width), cell % size.width] as const
  const matrix = Array.from({ length: cells }, (_, p) =>
    Float64Array.from({ length: cells }, (_, q) => {
      const [[py, px], [qy, qx]] = [at(p), at(q)]
      const [dy, dx] = [qy - py, qx - px]
      if (p === q) return 1
      if (dy * dy + dx * dx >= radius * radius) return 0
      let strongest = 0
      for (let cell = 0; cell < cells; cell++) {
        const [y, x] = at(cell)
        const inBox = (y - py) * (y - qy) <= 0 && (x - px) * (x - qx) <= 0
        const fromLine = Math.abs(dy * (x - px) - dx * (y - py)) / Math.hypot(dy, dx)
        if (inBox && fromLine < 1 - 1e-9) strongest = Math.max(strongest, edge[cell]!)
      }
      return (1 - strongest) ** beta
    }),
  )
  const sums = Array.from({ length: cells }, (_, q) => matrix.reduce((sum, row) => sum + row[q]!, 0))
  let power = matrix.map(row => row.map((value, q) => value / sums[q]!))
  for (let i = 0; i < doublings; i++)
    power = power.map(row =>
      Float64Array.from({ length: cells }, (_, q) => row.reduce((sum, value, k) => sum + value * power[k]![q]!, 0)),
    )
  return Float64Array.from({ length: cells }, (_, q) =>
    scores.reduce((sum, score, p) => sum + score * power[p]![q]!, 0),
  )
}

test('sparse products equal the powers of the whole matrix within 2e-5', () => {
  const edge = noise(cells, 3).map(value => value ** 3)
  const scores = noise(cells, 5)
  const dense = denseWalk(scores, edge, 5, 10, 8)
  const sparse = randomWalk(scores, 1, transitionOf(edge, size, { radius: 5, beta: 10 }), 256)
  dense.forEach((value, cell) => expect(Math.abs(sparse[cell]! - value)).toBeLessThan(2e-5))
})

test('powers are sums of Chebyshev polynomials, but for a tail that weighs nothing', () => {
  // λ⁴ = 3/8 T₀ + 1/2 T₂ + 1/8 T₄
  expect([...chebyshevWeights(4)]).toEqual([3 / 8, 1 / 2, 1 / 8])
  const weights = chebyshevWeights(256)
  expect(2 * (weights.length - 1)).toBe(100)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 8)
  for (const angle of [0, 0.05, 0.3, 1, 2, 3.1]) {
    const sum = weights.reduce((total, weight, j) => total + weight * Math.cos(2 * j * angle), 0)
    expect(sum).toBeCloseTo(Math.cos(angle) ** 256, 8)
  }
})

test('without edges a walk ends in the mean, weighted by how many neighbours each cell has', () => {
  const transition = transitionOf(new Float32Array(cells), size, { radius: 3, beta: 10 })
  const scores = noise(cells, 1)
  const neighbours = transition.kept.map(kept => 1 / kept)
  const total = neighbours.reduce((sum, count) => sum + count, 0)
  const mean = scores.reduce((sum, score, cell) => sum + score * neighbours[cell]!, 0) / total
  // Columns sum to 1 over the cell's own neighbourhood, so the stationary weights are the neighbourhoods' sizes.
  for (const value of randomWalk(scores, 1, transition, 2048)) expect(value).toBeCloseTo(mean, 4) // float32 weights of 2,048 steps
})

test('edges everywhere leave nothing, and nobody walks', () => {
  const walk = { radius: 5, beta: 10, doublings: 3 }
  expect(walkScores(noise(cells, 2), new Float32Array(cells).fill(1), size, walk).every(value => value === 0)).toBe(
    true,
  )
  expect(walkScores(new Float32Array(0), noise(cells, 2), size, walk)).toHaveLength(0)
})

test('a class cannot cross a closed border, and one maximum scales all classes', () => {
  const border = Float32Array.from({ length: cells }, (_, cell) => (cell % size.width === 5 ? 1 : 0))
  const left = Float32Array.from({ length: cells }, (_, cell) => (cell % size.width < 5 ? 0.8 : 0))
  const right = Float32Array.from({ length: cells }, (_, cell) => (cell % size.width > 5 ? 0.4 : 0))
  const walked = walkScores(Float32Array.of(...left, ...right), border, size, { radius: 5, beta: 10, doublings: 6 })
  for (let cell = 0; cell < cells; cell++) {
    expect(walked[cell]).toBeCloseTo(cell % size.width < 5 ? 1 : 0, 5)
    expect(walked[cells + cell]).toBeCloseTo(cell % size.width > 5 ? 0.5 : 0, 5)
  }
})

test('the mirror image walks to the mirror image', () => {
  const mirror = (plane: Float32Array) =>
    plane.map((_, cell) => plane[cell - (cell % size.width) + size.width - 1 - (cell % size.width)]!)
  const walk = { radius: 5, beta: 4, doublings: 4 }
  const [scores, edge] = [noise(cells, 7), noise(cells, 8)]
  const straight = walkScores(scores, edge, size, walk)
  const back = mirror(walkScores(mirror(scores), mirror(edge), size, walk))
  straight.forEach((value, cell) => expect(back[cell]).toBeCloseTo(value, 5))
})

test('sizes that do not fit are refused', () => {
  expect(() => walkScores(noise(cells, 1), noise(cells - 1, 1), size, { radius: 5, beta: 10, doublings: 1 })).toThrow(
    /11×9 cells was given 98 edges/,
  )
})
