import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { readSafetensors } from '../weights/safetensors'
import { epochOrder } from './augment'
import { kaimingNormal, torchDefault } from './initializers'
import type { Layer } from './layer'
import { Activation } from './layers/activation'
import { BatchNorm } from './layers/batchNorm'
import { Convolution } from './layers/convolution'
import { Dropout } from './layers/dropout'
import { FoldedConvolution } from './layers/foldedConvolution'
import { GlobalAveragePool } from './layers/globalAveragePool'
import { Linear } from './layers/linear'
import { sequence } from './layers/sequence'
import { multilabelSoftMargin } from './losses/multilabelSoftMargin'
import { scaleBy } from './ops'
import { AdamW } from './optimizers/adamW'
import type { Optimizer } from './optimizers/optimizer'
import { Sgd } from './optimizers/sgd'
import { poly } from './schedules/poly'
import { replace } from './tensors'
import { type StepReport, trainLoop, type Training, type TrainingHooks } from './trainLoop'

const { tf, binding } = testEngine()

const PHOTOS = 12
const BATCH = 3

/** Twelve 8×8 photos of two classes: class 0 is bright, class 1 has upright stripes. */
function photo(index: number): { pixels: number[]; labels: number[] } {
  const labels = [index % 2, Math.floor(index / 2) % 2]
  const pixels = Array.from({ length: 64 }, (_, i) => {
    const noise = ((index * 64 + i) * 7919) % 101
    return noise / 404 + (labels[0] === 1 ? 1 : 0) + (labels[1] === 1 ? 2 * (i % 2) - 1 : 0)
  })
  return { pixels, labels }
}

function smallNet(): Layer {
  const shape = { kind: 'full', kernel: 3, stride: 1, dilation: 1, padding: 'symmetric', group: 'backbone' } as const
  const initial = kaimingNormal(1)
  return sequence(
    new Convolution({ ...shape, name: 'conv1', inputs: 1, outputs: 4 }, initial, null),
    new BatchNorm({ name: 'bn1', channels: 4, epsilon: 1e-5, momentum: 0.1, group: 'backbone' }),
    new Activation('relu'),
    new FoldedConvolution(
      { ...shape, name: 'conv2', inputs: 4, outputs: 8, dilation: 2 },
      { name: 'bn2', epsilon: 1e-5, group: 'backbone' },
      initial,
    ),
    new Activation('relu6'),
    new Dropout('drop', 0.25),
    new GlobalAveragePool(),
    new Linear({ name: 'fc', inputs: 8, outputs: 2, group: 'head' }, torchDefault(1), null),
  )
}

const groups = {
  backbone: { learningRate: 0.05, weightDecay: 1e-4 },
  head: { learningRate: 0.5, weightDecay: 1e-4 },
}
const sgd = () => new Sgd({ groups, momentum: 0.9 })
const adamW = () => new AdamW({ groups, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })

interface Batch {
  readonly pixels: Float32Array
  readonly labels: Float32Array
}

function makeBatch(step: number, part: number, parts: number): Batch {
  const place = (step * parts + part) * BATCH
  const order = epochOrder(PHOTOS, { seed: 5, epoch: Math.floor(place / PHOTOS) })
  const photos = Array.from({ length: BATCH }, (_, i) => photo(order[(place + i) % PHOTOS]!))
  return {
    pixels: Float32Array.from(photos.flatMap(({ pixels }) => pixels)),
    labels: Float32Array.from(photos.flatMap(({ labels }) => labels)),
  }
}

function training(path: string, optimizer: Optimizer, parts = 1, net = smallNet()): Training<Batch> {
  return {
    parameters: net.parameters,
    optimizer,
    identity: { seed: 5, totalSteps: 12, optimizer: optimizer.constructor.name, parts },
    seed: 5,
    schedule: poly({ totalSteps: 12, power: 0.9 }),
    totalSteps: 12,
    stepsPerEpoch: 4,
    parts,
    makeBatch: async ({ step, part }) => makeBatch(step, part, parts),
    ahead: 2,
    learn: ({ pixels, labels }, pass, share) => {
      const logits = net.forward(tf.tensor4d(pixels, [BATCH, 8, 8, 1]), pass)
      const targets = tf.tensor2d(labels, [BATCH, 2])
      const { value, gradient } = multilabelSoftMargin(logits, targets)
      targets.dispose()
      net.backward(replace(gradient, scaleBy(gradient, share)))
      return value
    },
    checkpoint: { path, everySeconds: 3600 },
  }
}

const quiet: TrainingHooks = { checkpoint: async () => undefined, onStep: () => undefined }

/** Throws as a cancelled context does, once `steps` steps are done. */
function stoppingAfter(steps: number): TrainingHooks {
  let done = 0
  return {
    checkpoint: async () => {
      if (done++ === steps) throw new DOMException('cancelled', 'AbortError')
    },
    onStep: () => undefined,
  }
}

test.each([
  ['SGD with momentum', sgd, 1],
  ['AdamW', adamW, 1],
  ['gradients gathered over two micro-batches', sgd, 2],
] as const)('resuming equals never having stopped, bit for bit: %s', async (_, optimizer, parts) => {
  const folder = temporaryFolder()
  const whole = join(folder, 'whole.safetensors')
  const broken = join(folder, 'broken.safetensors')
  await trainLoop(training(whole, optimizer(), parts), quiet)
  await expect(trainLoop(training(broken, optimizer(), parts), stoppingAfter(6))).rejects.toThrow('cancelled')
  expect((await readSafetensors(broken)).metadata.get('step')).toBe('4') // the epoch's end before the stop
  await expect(trainLoop(training(broken, optimizer(), parts), stoppingAfter(5))).rejects.toThrow('cancelled')
  await trainLoop(training(broken, optimizer(), parts), quiet)
  expect(readFileSync(broken).equals(readFileSync(whole))).toBe(true)
})

test('training learns: sixty steps take the loss below half of chance', async () => {
  const reports: StepReport[] = []
  const run = training(join(temporaryFolder(), 'run.safetensors'), sgd())
  const longer = { ...run, totalSteps: 60, stepsPerEpoch: 20, schedule: poly({ totalSteps: 60, power: 0.9 }) }
  await trainLoop(longer, { ...quiet, onStep: report => reports.push(report) })
  expect(reports.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
  expect(reports[0]!.factor).toBe(1)
  const last = reports.slice(-10).reduce((total, { loss }) => total + loss / 10, 0)
  expect(last).toBeLessThan(Math.log(2) / 2)
})

test('every step leaves as many tensors as it found', async () => {
  const counts: number[] = []
  const hooks = { ...quiet, onStep: () => counts.push(binding.getNumOfTensors()) }
  await trainLoop(training(join(temporaryFolder(), 'run.safetensors'), sgd()), hooks)
  expect(new Set(counts).size).toBe(1)
})

test('a finished run is not trained further', async () => {
  const path = join(temporaryFolder(), 'run.safetensors')
  await trainLoop(training(path, sgd()), quiet)
  const before = readFileSync(path)
  await trainLoop(training(path, sgd()), { ...quiet, onStep: () => expect.unreachable() })
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a checkpoint is also written when the last one is old', async () => {
  const path = join(temporaryFolder(), 'run.safetensors')
  const often = { ...training(path, sgd()), checkpoint: { path, everySeconds: 0 } }
  await expect(trainLoop(often, stoppingAfter(3))).rejects.toThrow('cancelled')
  expect((await readSafetensors(path)).metadata.get('step')).toBe('3')
})

test('epochs are reported once each, before their checkpoint', async () => {
  const path = join(temporaryFolder(), 'run.safetensors')
  const seen: [number, boolean][] = []
  const onEpoch = async (epoch: number) => void seen.push([epoch, existsSync(path)])
  await trainLoop(training(path, sgd()), { ...quiet, onEpoch })
  expect(seen).toEqual([
    [1, false],
    [2, true],
    [3, true],
  ])
})

test('the epoch that a training is resumed in is told from those it has seen from their beginning', async () => {
  const path = join(temporaryFolder(), 'run.safetensors')
  const often = () => ({ ...training(path, sgd()), checkpoint: { path, everySeconds: 0 } })
  await expect(trainLoop(often(), stoppingAfter(6))).rejects.toThrow('cancelled')
  const seen: [number, boolean][] = []
  await trainLoop(often(), { ...quiet, onEpoch: async (epoch, isWhole) => void seen.push([epoch, isWhole]) })
  // Four steps an epoch: stopped after the sixth, it goes on in the middle of the second.
  expect(seen).toEqual([
    [2, false],
    [3, true],
  ])
})

test('a checkpoint of other settings is refused, naming what differs', async () => {
  const path = join(temporaryFolder(), 'run.safetensors')
  await trainLoop(training(path, sgd()), quiet)
  const other = { ...training(path, sgd()), identity: { seed: 6, totalSteps: 12, optimizer: 'Sgd', parts: 1 } }
  await expect(trainLoop(other, quiet)).rejects.toThrow(/seed was 5, is 6/)
})

test('a checkpoint of another network is refused, naming its tensors', async () => {
  const folder = temporaryFolder()
  await trainLoop(training(join(folder, 'a.safetensors'), sgd()), quiet)
  copyFileSync(join(folder, 'a.safetensors'), join(folder, 'b.safetensors'))
  const head = new Linear({ name: 'other', inputs: 8, outputs: 2, group: 'head' }, torchDefault(1), null)
  const other = training(join(folder, 'b.safetensors'), sgd(), 1, sequence(new GlobalAveragePool(), head))
  await expect(trainLoop(other, quiet)).rejects.toThrow(/other\.weight/)
})

test('a loss that is not a number stops the run with the remedy', async () => {
  const run = training(join(temporaryFolder(), 'run.safetensors'), sgd())
  const diverging = { ...run, learn: () => tf.scalar(NaN) }
  await expect(trainLoop(diverging, quiet)).rejects.toThrow(
    /The loss became NaN at step 1.*Lower the step's learningRate/,
  )
})

test('a photo that cannot be read stops the run with its own error', async () => {
  const run = training(join(temporaryFolder(), 'run.safetensors'), sgd())
  const failing = { ...run, makeBatch: () => Promise.reject(new Error('photo 7 is gone')) }
  await expect(trainLoop(failing, quiet)).rejects.toThrow('photo 7 is gone')
})
