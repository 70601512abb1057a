import { availableParallelism } from 'node:os'
import { expectedWeights } from '../src/main/backbones/architecture'
import { architectureOf } from '../src/main/backbones/catalogue'
import { FrozenTrunk } from '../src/main/backbones/frozenTrunk'
import { benchEngine, median, report, time } from './support/measure'
import { runPeer } from './support/peer'

/** Forward passes of the EfficientNet-Lite0 trunk against PyTorch's better layout, turn about in one run. */
const shapes = [
  { what: 'a photo and its mirror, 480×640', shape: [2, 480, 640], limit: 0.85 },
  { what: '16 at 320²', shape: [16, 320, 320], limit: 0.5 },
  { what: 'a photo and its mirror, 240×320', shape: [2, 240, 320], limit: null },
  { what: 'one at 240×320', shape: [1, 240, 320], limit: null },
] as const
const ROUNDS = 3
const RUNS = 5

const { tf } = benchEngine()
const architecture = architectureOf('efficientnet-lite0')
const weights = new Map(
  [...expectedWeights(architecture)].map(([name, shape]) => {
    const count = shape.reduce((a, b) => a * b, 1)
    return [name, new Float32Array(count).fill(name.endsWith('running_var') ? 1 : 0.01)]
  }),
)
const trunk = new FrozenTrunk(architecture, weights)
const ours = shapes.map(() => [] as number[])
const theirs = shapes.map(() => [] as number[])
for (let round = 0; round < ROUNDS; round++) {
  shapes.forEach(({ shape: [n, height, width] }, i) => {
    const images = tf.randomUniform([n, height, width, 3], 0, 255)
    ours[i]!.push(
      time(RUNS, () => {
        const features = trunk.features(images)
        const wide = trunk.top(features)
        wide.slice([0, 0, 0, 0], [1, 1, 1, 1]).dataSync()
        features.dispose()
        wide.dispose()
      }),
    )
    images.dispose()
  })
  const peer = runPeer<number[]>(
    'trunk_forward.py',
    String(availableParallelism()),
    String(RUNS),
    ...shapes.map(({ shape }) => shape.join(',')),
  )
  peer.forEach((value, i) => theirs[i]!.push(value))
}
report(
  'EfficientNet-Lite0 trunk, stride 16',
  shapes.map(({ what, limit }, i) => ({
    what,
    'Maskwright ms': Math.round(median(ours[i]!)),
    'PyTorch ms': Math.round(median(theirs[i]!)),
    ratio: Math.round(median(ours[i]!.map((value, round) => value / theirs[i]![round]!)) * 100) / 100,
    limit: limit ?? '–',
  })),
)
