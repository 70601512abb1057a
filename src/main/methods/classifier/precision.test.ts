import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { methodContext } from '../../../../tests/helpers/methodContext'
import { toyDataset } from '../../../../tests/helpers/toyDataset'
import type { Dataset } from '../../../shared/contract/dataset'
import { averagePrecision } from '../../../shared/metrics/averagePrecision'
import { architectureOf } from '../../backbones/catalogue'
import { readBackboneWeights } from '../../backbones/readBackboneWeights'
import { reportPrecision } from '../../nn/reportPrecision'
import type { PoolClient } from '../../pool/poolClient'
import { runTask } from '../../pool/tasks'
import { ClassifierNetwork } from './classifierNetwork'
import { foldPrecision } from './foldPrecision'
import { scoreHeldOut, splitPhotos } from './heldOut'
import { classifierOptions } from './options'

const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }

function recording(dataset: Pick<Dataset, 'classes'>) {
  const metrics: [name: string, value: number, at: number | undefined][] = []
  const metric = (name: string, value: number, at?: number) => void metrics.push([name, value, at])
  const whole = { images: [], hash: '', split: 'all', ...dataset }
  return { metrics, context: methodContext(whole, '', { pool, metric }).context }
}

test('AP of each class and their mean are recorded at their epoch; a class without a photo has none', () => {
  const { metrics, context } = recording({ classes: ['cat', 'dog', 'cow'] })
  // cat: of four photos the first and third are cats: (1 + 2/3) / 2. dog: the last alone, ranked first: 1. cow: none.
  const scores = Float32Array.of(0.9, 0.1, 0, 0.8, 0.2, 0, 0.7, 0.3, 0, 0.6, 0.4, 0)
  const targets = Uint8Array.of(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0)
  const summary = reportPrecision('mAP', scores, targets, context, 3)
  const near = (value: number) => expect.closeTo(value, 6) as number
  expect(metrics).toEqual([
    ['mAP: cat', near(5 / 6), 3],
    ['mAP: dog', 1, 3],
    ['mAP', near(11 / 12), 3],
  ])
  expect(summary).toEqual({ mAP: near(11 / 12), averagePrecision: { cat: near(5 / 6), dog: 1, cow: null } })
})

test('the head’s mAP is that of photos it has not seen: one that is labelled wrongly ranks as if it were right', async () => {
  testEngine()
  const { context } = recording({ classes: ['cat', 'dog'] })
  // Four photos that look like cats and four like dogs, and a ninth that looks like a cat and is called a dog.
  const looks = [0, 0, 0, 0, 1, 1, 1, 1, 0]
  const called = [0, 0, 0, 0, 1, 1, 1, 1, 1]
  const oneHot = (places: readonly number[]) => places.flatMap(place => (place === 0 ? [1, 0] : [0, 1]))
  const found = await foldPrecision(
    {
      features: Float32Array.from(oneHot(looks)),
      targets: Uint8Array.from(oneHot(called)),
      photoWeights: new Float32Array(9).fill(1),
      ...{ count: 9, channels: 2 },
    },
    { folds: 9, headDecay: 1e-3 },
    context,
  )
  // Left out one by one. A head that has not met the ninth is the surest of cats, and it is the ninth that it scores:
  // cat: ninth, then the four cats: 4/5 at every recall. dog: the four dogs, the ninth after all cats: (4 + 5/9) / 5.
  const near = (value: number) => expect.closeTo(value, 6) as number
  expect(found).toEqual({
    'mAP on unseen photos': near((4 / 5 + 41 / 45) / 2),
    averagePrecision: { cat: near(4 / 5), dog: near(41 / 45) },
  })
})

test('held-out photos are scored whole, each against its labels, and are in no batch', async () => {
  testEngine()
  const dataset = await toyDataset(4)
  const { training, heldOut } = splitPhotos(dataset.images, 0.5, 7)
  expect([...training, ...heldOut].map(({ id }) => id).sort()).toEqual([1, 2, 3, 4])
  expect(heldOut).toHaveLength(2)
  const one = dataset.images.slice(0, 1)
  expect(splitPhotos(one, 0.5, 7)).toEqual({ training: one, heldOut: [] })
  const options = classifierOptions.parse({ train: 'all', longestSide: 96 })
  const weights = await readBackboneWeights(options.backbone, undefined)
  const network = new ClassifierNetwork(architectureOf(options.backbone), weights, 2, 10, 1)
  try {
    const { metrics, context } = recording(dataset)
    await scoreHeldOut(network, dataset.images, options, context, 2)
    const logits: Float32Array[] = []
    for (const { path } of dataset.images) {
      const { data, height, width } = (await runTask('decodeScales', { path, longestSide: 96, scales: [1] })).images[0]!
      expect([width, height]).toEqual([96, 72])
      logits.push(network.score(data, height, width))
    }
    const ofClass = (n: number) =>
      averagePrecision(
        logits.map(each => each[n]!),
        dataset.images.map(({ labels }) => Number(labels.includes(n))),
      )!
    const of = 'mAP on held-out photos'
    expect(metrics).toEqual([
      [`${of}: red`, ofClass(0), 2],
      [`${of}: blue`, ofClass(1), 2],
      [of, (ofClass(0) + ofClass(1)) / 2, 2],
    ])
  } finally {
    network.dispose()
  }
})
