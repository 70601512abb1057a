import type { Speed } from '../../shared/contract/engine'
import { convolve } from './ops'
import type { Engine } from './backend'

const shape = { batch: 8, size: 64, channels: 128 } as const
/** Multiply and add of a 3×3 convolution that keeps size and channels. */
const operations = 2 * shape.batch * shape.size ** 2 * 9 * shape.channels ** 2
const geometry = { stride: 1, dilation: 1, padding: { top: 1, bottom: 1, left: 1, right: 1 } } as const

/** Times a 3×3 convolution of the size a backbone's middle stage has. It takes about a second on two cores. */
export function measureSpeed({ tf }: Engine, runs = 6): Speed {
  const x = tf.ones([shape.batch, shape.size, shape.size, shape.channels])
  const filter = tf.ones([3, 3, shape.channels, shape.channels])
  let best = Infinity
  for (let run = 0; run <= runs; run++) {
    const start = performance.now()
    const y = convolve(x, filter, geometry)
    tf.tidy(() => y.slice([0, 0, 0, 0], [1, 1, 1, 1]).dataSync()) // a GPU computes behind our back: wait for one value
    y.dispose()
    if (run > 0) best = Math.min(best, performance.now() - start) // the first run also sets the kernel up
  }
  tf.dispose([x, filter])
  return {
    gigaflops: operations / best / 1e6,
    milliseconds: best,
    operation: `3×3 convolution, ${shape.batch} × ${shape.size}² × ${shape.channels} channels`,
  }
}

/**
 * Seconds that CAM and LPCAM of EfficientNet-Lite0 take for `photos` of 480×640 px at four scales with flips, by the
 * rule of three from a machine where both were measured: 2 cores, 150 gigaflops by {@link measureSpeed}, 175 ms for a
 * photo and its mirror at scale 1. Scales 0.5, 1, 1.5 and 2 have 0.25 + 1 + 2.25 + 4 = 7.5 times that photo's pixels.
 */
export function estimateSeeds(photos: number, { gigaflops }: Pick<Speed, 'gigaflops'>): number {
  return photos * 7.5 * 0.175 * (reference.gigaflops / gigaflops)
}

const reference = { gigaflops: 150 } as const
