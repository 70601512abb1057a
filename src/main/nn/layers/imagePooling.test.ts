import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { checkGradients, spread, take } from '../../../../tests/helpers/layerChecks'
import { evaluation } from '../layer'
import { Convolution } from './convolution'
import { ImagePooling } from './imagePooling'

const { tf } = testEngine()

function pooling(): ImagePooling {
  const shape = { kind: 'full', kernel: 1, stride: 1, dilation: 1, padding: 'none', group: 'head' } as const
  const initial = ({ name, shape }: { name: string; shape: readonly number[] }) =>
    spread(
      shape.reduce((product, n) => product * n, 1),
      name,
    )
  return new ImagePooling(new Convolution({ ...shape, name: 'pool', inputs: 3, outputs: 2 }, initial, initial))
}

test('every pixel gets what the body makes of the mean', () => {
  const layer = pooling()
  layer.parameters[0]!.load(Float32Array.of(1, 0, 0, 1, 0, 1)) // [1, 1, 3, 2]
  layer.parameters[1]!.load(Float32Array.of(10, 20))
  const x = tf.tensor4d([1, 2, 3, 5, 4, 7], [1, 1, 2, 3])
  expect([...take(layer.forward(x, evaluation))]).toEqual([13, 28, 13, 28])
})

test('gradients of image pooling equal differences', () => {
  checkGradients(pooling(), { shape: [2, 4, 3, 3] })
})
