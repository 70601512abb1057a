import type { Tensor } from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
import { golden } from '../../../tests/helpers/golden'
import { checkGradients, spread, take } from '../../../tests/helpers/layerChecks'
import { parityValues, syntheticWeights } from '../../../tests/helpers/syntheticWeights'
import { tinyArchitecture } from '../../../tests/helpers/tinyArchitecture'
import { evaluation, type Layer, type Pass, trainingPass } from '../nn/layer'
import { toTorch } from '../nn/torchLayout'
import { expectedWeights } from './architecture'
import { architectureOf } from './catalogue'
import { layOutStages } from './layout'
import { normaliseImages } from './network'
import { stageTaps, tapsOf } from './taps'
import { type TapOptions, TappedTrunk } from './tappedTrunk'

const { tf, binding } = testEngine()

test.each([
  [{ stride: 32, dilate: 'after' }, [1, 2, 2, 2], ['1:1,1', '2:1,1', '2:1,1', '2:1,1']],
  [{ stride: 16, dilate: 'none' }, [1, 2, 2, 2], ['1:1,1', '2:1,1', '2:1,1', '1:1,1']],
  // torchvision resnet50(replace_stride_with_dilation=[False, True, True])
  [{ stride: 8, dilate: 'after' }, [1, 2, 2, 2], ['1:1,1', '2:1,1', '1:1,2', '1:2,4']],
  // DeepLabV2: dilations 1, 1, 2, 4
  [{ stride: 8, dilate: 'stage' }, [1, 2, 2, 2], ['1:1,1', '2:1,1', '1:2,2', '1:4,4']],
] as const)('layout %j', (layout, strides, expected) => {
  expect(layOutStages(strides, 4, layout).map(({ stride, first, rest }) => `${stride}:${first},${rest}`)).toEqual(
    expected,
  )
})

test.each([
  ['efficientnet-lite0', [2, 4, 8, 16, 16], [16, 24, 40, 112, 320]],
  ['efficientnet-lite2', [2, 4, 8, 16, 16], [16, 24, 48, 120, 352]],
  ['resnet50', [4, 4, 8, 16, 16], [64, 256, 512, 1024, 2048]],
  ['resnet101', [4, 4, 8, 16, 16], [64, 256, 512, 1024, 2048]],
] as const)('%s can be tapped at its five stages', (name, strides, channels) => {
  const taps = stageTaps(architectureOf(name))
  expect(taps.map(({ stride }) => stride)).toEqual(strides)
  expect(taps.map(tap => tap.channels)).toEqual(channels)
  expect(tapsOf(architectureOf(name)).at(-1)!.channels).toBe(architectureOf(name).channels)
})

/** No corners of activations, where differences err. */
const tiny = tinyArchitecture(false)

function tinyTrunk(options: Partial<TapOptions> = {}): TappedTrunk {
  const weights = new Map(
    [...expectedWeights(tiny)].map(([name, shape]) => {
      const values = spread(
        shape.reduce((product, n) => product * n, 1),
        name,
      )
      return [name, name.endsWith('running_var') ? values.map(x => 1.5 + x) : values]
    }),
  )
  return new TappedTrunk(tiny, weights, { taps: ['stem', 'b1', 'b2'], frozenThrough: null, norm: 'fixed', ...options })
}

/** All taps side by side, `[1, values]`: what the check of a layer's gradients can look at. */
function asLayer(trunk: TappedTrunk): Layer {
  let shapes = new Map<string, number[]>()
  return {
    parameters: trunk.parameters,
    forward: (x, pass) => {
      const features = trunk.forward(x, pass)
      shapes = new Map([...features].map(([name, tensor]) => [name, tensor.shape]))
      const y = tf.tidy(() =>
        tf.concat(
          [...features.values()].map(tensor => tensor.reshape([1, -1])),
          1,
        ),
      )
      for (const tensor of features.values()) tensor.dispose()
      return y
    },
    backward: dy => {
      let begin = 0
      const gradients = new Map<string, Tensor>()
      for (const [name, shape] of shapes) {
        const size = shape.reduce((product, n) => product * n, 1)
        gradients.set(
          name,
          tf.tidy(() => dy.slice([0, begin], [1, size]).reshape(shape)),
        )
        begin += size
      }
      dy.dispose()
      return trunk.backward(gradients)
    },
    discard: () => trunk.discard(),
    dispose: () => trunk.dispose(),
  }
}

test.each([
  ['all trained', {}],
  ['batch norms of the batch', { norm: 'batch' }],
  ['γ and β frozen', { norm: 'frozen' }],
] as const)('gradients from three taps equal differences: %s', (_, options) => {
  checkGradients(asLayer(tinyTrunk(options)), { shape: [2, 9, 11, 3] })
})

test('a frozen prefix keeps nothing, drops the gradients of its taps, and the rest learns the same', () => {
  const learn = (trunk: TappedTrunk) => {
    const layer = asLayer(trunk)
    const y = layer.forward(tf.tensor4d(spread(9 * 11 * 3, 'x'), [1, 9, 11, 3]), trainingPass(1, 0))
    const dy = tf.tensor(spread(y.size, 'r'), y.shape)
    y.dispose()
    expect(layer.backward(dy)).toBeNull()
    const gradients = trunk.parameters.map(({ name, gradient }) => [name, gradient && take(gradient)] as const)
    trunk.dispose()
    return new Map(gradients)
  }
  const before = binding.getNumOfTensors()
  const whole = learn(tinyTrunk())
  const cut = learn(tinyTrunk({ frozenThrough: 'b0' }))
  for (const [name, gradient] of cut) expect(gradient, name).toEqual(/^(stem|b0)/.test(name) ? null : whole.get(name))
  const frozen = learn(tinyTrunk({ frozenThrough: 'b2' }))
  expect([...frozen.values()].every(gradient => gradient === null)).toBe(true)
  expect(binding.getNumOfTensors()).toBeLessThanOrEqual(before)
})

test('what a frozen prefix normalises by does not move, and evaluation leaves no tensor', () => {
  const trunk = tinyTrunk({ norm: 'batch', frozenThrough: 'b0' })
  const mean = (name: string) => [...trunk.parameters.find(each => each.name === name)!.value.dataSync()]
  const before = { frozen: mean('b0.c.bn.running_mean'), trained: mean('b2.c.bn.running_mean') }
  const pass: Pass = trainingPass(1, 0)
  for (const tensor of trunk.forward(tf.ones([2, 9, 9, 3]), pass).values()) tensor.dispose()
  trunk.discard()
  expect(mean('b0.c.bn.running_mean')).toEqual(before.frozen)
  expect(mean('b2.c.bn.running_mean')).not.toEqual(before.trained)
  const tensors = binding.getNumOfTensors()
  for (const tensor of trunk.forward(tf.ones([2, 9, 9, 3]), evaluation).values()) tensor.dispose()
  expect(binding.getNumOfTensors()).toBe(tensors)
  trunk.dispose()
})

test('an unknown tap is refused by name', () => {
  expect(() => tinyTrunk({ taps: ['b7'] })).toThrow('tiny has no tap "b7"')
})

interface Sampled {
  readonly name: string
  readonly max: number
  readonly step: number
  readonly values: readonly number[]
}
interface Golden {
  readonly stride: 8 | 16
  readonly height: number
  readonly width: number
  /** Seed of the pixels: the one that keeps every ReLU6 furthest from its corners, where gradients jump. */
  readonly pixels: number
  readonly taps: readonly (Sampled & { readonly shape: readonly number[] })[]
  readonly gradients: readonly Sampled[]
}

// Relative 2e-4 of the largest value: float32 sums in another order through 47 convolutions, there and back.
function expectSampled(actual: Float32Array, { name, max, step, values }: Sampled): void {
  values.forEach((expected, k) => {
    expect(Math.abs(actual[k * step]! - expected), `${name}[${k * step}]`).toBeLessThan(2e-4 * max)
  })
}

test.each(golden<Golden[]>('taps.json'))('EfficientNet-Lite0 at stride $stride gives what PyTorch gives', expected => {
  const { stride, height, width, pixels: seed, taps, gradients } = expected
  const architecture = architectureOf('efficientnet-lite0', { stride, dilate: 'after' })
  const trunk = new TappedTrunk(architecture, syntheticWeights(expectedWeights(architecture)), {
    taps: taps.map(({ name }) => name),
    frozenThrough: null,
    norm: 'fixed',
  })
  const pixels = Float32Array.from(parityValues(height * width * 3, seed), x => Math.round((x + 0.5) * 255))
  const images = tf.tensor4d(pixels, [1, height, width, 3])
  const features = trunk.forward(normaliseImages(images, architecture), trainingPass(1, 0))
  images.dispose()
  const slopes = new Map<string, Tensor>()
  taps.forEach((tap, index) => {
    const feature = features.get(tap.name)!
    expect(feature.shape).toEqual(tap.shape)
    slopes.set(tap.name, tf.tensor(Float32Array.from(parityValues(feature.size, index)), feature.shape))
    expectSampled(take(feature), tap)
  })
  trunk.backward(slopes)
  for (const wanted of gradients) {
    const { gradient, shape, layout } = trunk.parameters.find(({ name }) => name === wanted.name)!
    expectSampled(toTorch(gradient!.dataSync() as Float32Array, shape, layout), wanted)
  }
  trunk.dispose()
})
