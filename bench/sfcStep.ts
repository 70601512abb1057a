import { availableParallelism } from 'node:os'
import { expectedWeights } from '../src/main/backbones/architecture'
import { architectureOf } from '../src/main/backbones/catalogue'
import { TRUNK_GROUP } from '../src/main/backbones/network'
import { ClassifierNetwork, HEAD_GROUP } from '../src/main/methods/classifier/classifierNetwork'
import { headFor } from '../src/main/methods/sfc/sfcCheckpoint'
import { SfcNetwork } from '../src/main/methods/sfc/train/sfcNetwork'
import { trainingPass } from '../src/main/nn/layer'
import { Clipped } from '../src/main/nn/optimizers/clipped'
import type { Optimizer } from '../src/main/nn/optimizers/optimizer'
import { Sgd } from '../src/main/nn/optimizers/sgd'
import type { Parameter } from '../src/main/nn/parameter'
import { benchEngine, median, report } from './support/measure'
import { runPeer } from './support/peer'

/** An SFC step on ResNet-50 (f9 of 256 channels, both sizes) beside the plain classifier's step and PyTorch's SFC step. */
const [batch, side, steps, classes, affinityWidth] = [4, 256, 3, 20, 256]

benchEngine()
const architecture = architectureOf('resnet50')
const weights = new Map(
  [...expectedWeights(architecture)].map(([name, shape]) => {
    const count = shape.reduce((a, b) => a * b, 1)
    return [name, new Float32Array(count).fill(name.endsWith('running_var') ? 1 : 0.001)]
  }),
)
const photos = {
  pixels: new Uint8Array(batch * side * side * 3).map((_, i) => (i * 7919) % 256),
  mask: new Uint8Array(batch * side * side).fill(1),
  targets: new Uint8Array(batch * classes).map((_, i) => (i % 11 === 0 ? 1 : 0)),
  count: batch,
  side,
}
const group = { learningRate: 1e-4, weightDecay: 1e-4 }
const sgd = () => new Sgd({ momentum: 0, groups: { [TRUNK_GROUP]: group, [HEAD_GROUP]: group } })

interface StepTime {
  readonly seconds: number
  /** Of all threads together: what stays comparable while others use the machine. */
  readonly processorSeconds: number
}

/** Medians of a step, after one that is not counted. */
function timeOf(learn: (step: number) => void, parameters: readonly Parameter[], optimizer: Optimizer): StepTime {
  const times: StepTime[] = []
  for (let step = 0; step <= steps; step++) {
    const [start, before] = [performance.now(), process.cpuUsage()]
    learn(step)
    optimizer.step(parameters, 1)
    for (const parameter of parameters) parameter.clearGradient()
    const { user, system } = process.cpuUsage(before)
    if (step > 0) times.push({ seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 })
  }
  return {
    seconds: median(times.map(({ seconds }) => seconds)),
    processorSeconds: median(times.map(({ processorSeconds }) => processorSeconds)),
  }
}

const plain = new ClassifierNetwork(architecture, weights, classes, 0, 1)
const plainTime = timeOf(
  step => plain.learn(photos, trainingPass(1, step), 1, () => undefined).dispose(),
  plain.parameters,
  sgd(),
)
plain.dispose()

const head = headFor(
  { architecture, classes: Array.from({ length: classes }, (_, c) => `class ${c}`) },
  affinityWidth,
  1,
)
const sfc = new SfcNetwork(architecture, weights, head)
const options = {
  affinityHops: 2,
  backgroundFactor: 0.3,
  prototypeLoss: 1.6,
  scaleLoss: 0.8,
  consistencyNorm: 'all',
  detachMaps: false,
  coefficients: new Array<number>(classes).fill(1),
  trainsBackbone: true,
} as const
const sfcTime = timeOf(
  step => sfc.learn(photos, options, trainingPass(1, step), 1).dispose(),
  sfc.parameters,
  new Clipped(sgd(), 1),
)
const peakMegabytes = process.resourceUsage().maxRSS / 1024
const peers = ['contiguous', 'channels_last'].map(layout =>
  runPeer<StepTime & { readonly peakMegabytes: number }>(
    'sfc_step.py',
    ...[availableParallelism(), batch, side, steps, affinityWidth].map(String),
    layout,
  ),
)
const peer = {
  seconds: Math.min(...peers.map(({ seconds }) => seconds)),
  processorSeconds: Math.min(...peers.map(({ processorSeconds }) => processorSeconds)),
}
const row = (beside: string, other: StepTime, limit: number) => ({
  beside,
  'SFC s': sfcTime.seconds.toFixed(2),
  s: other.seconds.toFixed(2),
  ratio: (sfcTime.seconds / other.seconds).toFixed(2),
  'SFC processor s': sfcTime.processorSeconds.toFixed(2),
  'processor s': other.processorSeconds.toFixed(2),
  'processor ratio': (sfcTime.processorSeconds / other.processorSeconds).toFixed(2),
  limit,
})
report(`SFC training step on ResNet-50, batch ${batch} at ${side}² and ${side / 2}², f9 ${affinityWidth}`, [
  row('plain classifier', plainTime, 2.5),
  row('PyTorch', peer, 1.2),
])
const theirs = Math.min(...peers.map(each => each.peakMegabytes))
console.log(`peak memory: ${Math.round(peakMegabytes)} MB here, ${Math.round(theirs)} MB in PyTorch`)
