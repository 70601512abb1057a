import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import type { DatasetImage } from '../../../shared/contract/dataset'
import type { FeatureSource } from '../../backbones/featureSource'
import { keyedGenerator } from '../../nn/random'
import { collectFeatures } from './collectFeatures'
import { lpcamOptions } from './options'
import { disposeRows, readRows } from './rows'

const image: DatasetImage = { id: 7, stem: 'a', path: '', width: 32, height: 32, labels: [0], sha256: '' }

test('splitMask feature-cam splits features by the very CAM of theirs, with no map of the seed', async () => {
  const { tf, binding } = testEngine()
  const before = binding.getNumOfTensors()
  const features = tf.tensor4d([4, 0, 0, 9, 1, 1, -2, 3], [1, 2, 2, 2])
  // A photo of four cells, handed over as a trunk without a last convolution would.
  const source = {
    trunk: { architecture: { channels: 2, stride: 16 }, top: () => features.clone() },
    async *stream() {
      await Promise.resolve()
      yield { image, scales: [{ features }] }
    },
  } as unknown as FeatureSource
  const classWeight = tf.tensor2d([1, 0], [2, 1])
  // relu(W·f) = 4, 0, 1, 0; divided by its maximum: 1, 0, 1/4, 0. τ lies between the second and the third.
  const options = lpcamOptions.parse({ splitMask: 'feature-cam', tau: 0.2 })
  const sets = await collectFeatures({
    ...{
      classIndex: 0,
      images: [image],
      source,
      blobFolder: '',
      seeds: new Map<number, string>(),
      classWeight,
      options,
    },
    ...{ random: keyedGenerator(1), checkpoint: () => Promise.resolve() },
  })
  expect([...readRows(sets.foreground.rows, [0, 1])]).toEqual([4, 0, 1, 1])
  expect([...readRows(sets.context.rows, [0, 1])]).toEqual([0, 9, -2, 3])
  const cell = (row: number, column: number) => ({ imageId: 7, row, column, rows: 2, columns: 2 })
  expect(sets.foreground.cells).toEqual([cell(0, 0), cell(1, 0)])
  expect(sets.context.cells).toEqual([cell(0, 1), cell(1, 1)])
  disposeRows(sets.foreground.rows)
  disposeRows(sets.context.rows)
  tf.dispose([features, classWeight])
  expect(binding.getNumOfTensors()).toBe(before)
})
