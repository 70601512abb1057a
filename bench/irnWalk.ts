import type { Tensor } from '@tensorflow/tfjs'
import { randomWalk } from '../src/shared/affinity/randomWalk'
import { type Transition, transitionOf } from '../src/shared/affinity/transition'
import { readTidy } from '../src/main/engine/transfer'
import { quarterSize } from '../src/main/nn/multiScale'
import { benchEngine, report } from './support/measure'

/**
 * IRN's walk of three classes, 256 steps: sparse products on one thread against the dense form on the engine, which
 * squares the matrix of all cells by all cells eight times. `--full` squares the larger one eight times, too (minutes);
 * else one squaring is timed and counted as eight.
 */
const classes = 3
const doublings = 8
// The larger one first: memory that another has freed would not be seen to grow.
const photos = [
  { photo: '500×375', input: { width: 500, height: 375 }, all: process.argv.includes('--full') },
  { photo: '320×240', input: { width: 320, height: 240 }, all: true },
]

const { tf, binding } = benchEngine()

function seconds(work: () => void): number {
  const started = performance.now()
  work()
  return (performance.now() - started) / 1000
}

/** Edges in patches of 12 cells, as objects have them, and scores without a pattern. */
function scene(width: number, height: number): { readonly edge: Float32Array; readonly scores: Float32Array } {
  const edge = Float32Array.from({ length: width * height }, (_, cell) => {
    const border = (cell % width) % 12 === 0 || Math.floor(cell / width) % 12 === 0
    return border ? 0.4 + 0.5 * (((cell * 7919) % 1009) / 1009) : 0.02
  })
  const scores = Float32Array.from({ length: classes * edge.length }, (_, i) => ((7919 * i + 13) % 1009) / 1009)
  return { edge, scores }
}

/** The stencil as a matrix `[cells, cells]`: column q is what cell q gets. */
function denseOf({ width, height, reach, offsets, weights, kept }: Transition): Float32Array {
  const cells = width * height
  const matrix = new Float32Array(cells * cells)
  const stride = width + 2 * reach
  for (let q = 0; q < cells; q++) {
    matrix[q * cells + q] = kept[q]!
    offsets.forEach((offset, i) => {
      const weight = weights[q * offsets.length + i]!
      if (weight === 0) return
      const place = (Math.floor(q / width) + reach) * stride + (q % width) + reach + offset
      const p = (Math.floor(place / stride) - reach) * width + (place % stride) - reach
      matrix[p * cells + q] = weight
    })
  }
  return matrix
}

const rows = photos.map(({ photo, input, all }) => {
  const size = quarterSize(input)
  const { edge, scores } = scene(size.width, size.height)
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let transition!: Transition
  let sparse!: Float32Array
  const building = seconds(() => (transition = transitionOf(edge, size, { radius: 5, beta: 10 })))
  const walking = seconds(() => (sparse = randomWalk(scores, classes, transition, 2 ** doublings)))
  const sparseBytes = process.memoryUsage().rss - before

  binding.resetPeak()
  const cells = size.width * size.height
  let power: Tensor = tf.tensor2d(denseOf(transition), [cells, cells])
  const squarings = all ? doublings : 1
  const squaring = seconds(() => {
    for (let i = 0; i < squarings; i++) {
      const next = tf.matMul(power, power)
      power.dispose()
      power = next
    }
    power.slice([0, 0], [1, 1]).dataSync()
  })
  const walked = readTidy(() => tf.matMul(tf.tensor2d(scores, [classes, cells]), power))
  const worst = walked.reduce((most, value, i) => Math.max(most, Math.abs(value - sparse[i]!)), 0)
  power.dispose()
  return {
    photo,
    cells,
    'sparse s': (building + walking).toFixed(2),
    'sparse MB': Math.round(sparseBytes / 1e6),
    'memory limit MB': 1000,
    'dense s': ((squaring * doublings) / squarings).toFixed(1) + (all ? '' : ' (8 × one)'),
    'dense MB': Math.round(binding.memory().peakBytes / 1e6),
    'largest difference': all ? worst.toExponential(1) : '–',
  }
})
report(`random walk, ${classes} classes, ${2 ** doublings} steps, radius 5, β 10`, rows)
