import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testEngine } from '../../../../../tests/helpers/engine'
import { resize } from '../../../nn/layers/resize'
import { alignedResize, readingOf } from './bilinearPlaces'
import { PlaceLayout, rowsOf } from './placeLayout'

/** That photos of several grids in one batch are what TensorFlow's own operations make of them one by one. */
const { tf, binding } = testEngine()

const side = fc.integer({ min: 1, max: 9 })
const plane = fc.record({ height: side, width: side })
const photos = fc.array(fc.record({ fine: plane, coarse: plane }), { minLength: 1, maxLength: 4 })

/**
 * TensorFlow has positions in float32: up to 9, twice rounded, they are off by 9 · 2⁻²³ ≈ 1e-6, along two axes, between
 * values that lie up to 2 apart.
 */
const tolerance = 5e-6

const picture = ({ height, width }: { height: number; width: number }, channels: number, seed: number) =>
  tf.randomUniform([1, height, width, channels], -1, 1, 'float32', seed)

test('what places read of a finer depth is its bilinear resize with half-pixel centres, photo by photo', () => {
  const before = binding.getNumOfTensors()
  fc.assert(
    fc.property(photos, sizes => {
      tf.tidy(() => {
        const pictures = sizes.map(({ fine }, i) => picture(fine, 3, i))
        const rows = tf.concat(pictures.map(each => rowsOf(each).rows))
        const grids = sizes.map(({ coarse }) => coarse)
        const { rows: read, weights } = readingOf(
          sizes.map(({ fine }) => fine),
          grids,
        )
        const found = tf.gather(rows, read).mul(weights).reshape([4, -1, 3]).sum(0)
        const wanted = tf.concat(pictures.map((each, i) => rowsOf(resize(each, grids[i]!, 'bilinear-half-pixel')).rows))
        expect(found.sub(wanted).abs().max().dataSync()[0]).toBeLessThan(tolerance)
      })
    }),
    { numRuns: 40 },
  )
  expect(binding.getNumOfTensors()).toBe(before)
})

test('the matrix between two grids resizes with the corners aligned, and leads nowhere but from and to places', () => {
  fc.assert(
    fc.property(photos, sizes => {
      tf.tidy(() => {
        const from = new PlaceLayout(sizes.map(({ fine }) => fine))
        const to = new PlaceLayout(sizes.map(({ coarse }) => coarse))
        const pictures = sizes.map(({ fine }, i) => picture(fine, 2, i))
        const batch = from.padded(tf.concat(pictures.map(each => rowsOf(each).rows)))
        const found = tf.matMul(alignedResize(from, to), batch)
        const wanted = tf.concat(
          pictures.map((each, i) => rowsOf(resize(each, sizes[i]!.coarse, 'bilinear-align-corners')).rows),
        )
        expect(found.sub(to.padded(wanted)).abs().max().dataSync()[0]).toBeLessThan(tolerance)
      })
    }),
    { numRuns: 40 },
  )
})

test('lists of 2 and 3 places lie in a batch of 3 with zeros behind the shorter, and come back as they were', () => {
  tf.tidy(() => {
    const layout = new PlaceLayout([
      { height: 1, width: 2 },
      { height: 3, width: 1 },
    ])
    const rows = tf.tensor2d([1, 2, 3, 4, 5], [5, 1])
    const batch = layout.padded(rows)
    expect(batch.arraySync()).toEqual([
      [[1], [2], [0]],
      [[3], [4], [5]],
    ])
    expect([...layout.unpadded(batch).dataSync()]).toEqual([1, 2, 3, 4, 5])
    expect([...layout.inside().dataSync()]).toEqual([1, 1, 0, 1, 1, 1])
  })
})
