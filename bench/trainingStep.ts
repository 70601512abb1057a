import { availableParallelism } from 'node:os'
import { expectedWeights } from '../src/main/backbones/architecture'
import { architectureOf } from '../src/main/backbones/catalogue'
import { TRUNK_GROUP } from '../src/main/backbones/network'
import { ClassifierNetwork, HEAD_GROUP } from '../src/main/methods/classifier/classifierNetwork'
import { trainingPass } from '../src/main/nn/layer'
import { Sgd } from '../src/main/nn/optimizers/sgd'
import { benchEngine, median, report } from './support/measure'
import { runPeer } from './support/peer'

/** A ResNet-50 training step, batch 16 at 256², against PyTorch: time and the peak memory of the whole process. */
const [batch, side, steps, classes] = [16, 256, 5, 20]

benchEngine()
const architecture = architectureOf('resnet50')
const weights = new Map(
  [...expectedWeights(architecture)].map(([name, shape]) => {
    const count = shape.reduce((a, b) => a * b, 1)
    return [name, new Float32Array(count).fill(name.endsWith('running_var') ? 1 : 0.001)]
  }),
)
const network = new ClassifierNetwork(architecture, weights, classes, 0, 1)
const group = { learningRate: 1e-4, weightDecay: 1e-4 }
const optimizer = new Sgd({ momentum: 0, groups: { [TRUNK_GROUP]: group, [HEAD_GROUP]: group } })
const photos = {
  pixels: new Uint8Array(batch * side * side * 3).fill(128),
  mask: new Uint8Array(batch * side * side).fill(1),
  targets: new Uint8Array(batch * classes),
  count: batch,
  side,
}
const times: number[] = []
for (let step = 0; step <= steps; step++) {
  const start = performance.now()
  network.learn(photos, trainingPass(1, step), 1, () => undefined).dispose()
  optimizer.step(network.parameters, 1)
  for (const parameter of network.parameters) parameter.clearGradient()
  if (step > 0) times.push((performance.now() - start) / 1000)
}
const ours = { seconds: median(times), peakMegabytes: process.resourceUsage().maxRSS / 1024 }
const peer = ['contiguous', 'channels_last'].map(layout =>
  runPeer<{ seconds: number; peakMegabytes: number }>(
    'training_step.py',
    ...[availableParallelism(), batch, side, steps].map(String),
    layout,
  ),
)
const better = peer.reduce((a, b) => (a.seconds <= b.seconds ? a : b))
report('ResNet-50 training step, batch 16 at 256²', [
  {
    what: 'seconds a step',
    Maskwright: ours.seconds.toFixed(2),
    PyTorch: better.seconds.toFixed(2),
    ratio: (ours.seconds / better.seconds).toFixed(2),
    limit: 1,
  },
  {
    what: 'peak MB',
    Maskwright: Math.round(ours.peakMegabytes),
    PyTorch: Math.round(better.peakMegabytes),
    ratio: (ours.peakMegabytes / better.peakMegabytes).toFixed(2),
    limit: 0.8,
  },
])
