import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { NamedTensor } from '../../../shared/tensors/tensors'
import { testEngine } from '../../../../tests/helpers/engine'
import { methodContext } from '../../../../tests/helpers/methodContext'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { toyDataset } from '../../../../tests/helpers/toyDataset'
import type { Dataset } from '../../../shared/contract/dataset'
import { blobPath } from '../../artifacts/blobStore'
import { readLabelMap, writeLabelMap } from '../../artifacts/labelMaps'
import type { PoolClient } from '../../pool/poolClient'
import { runTask } from '../../pool/tasks'
import { readSafetensors, writeSafetensors } from '../../weights/safetensors'
import type { ImageArtifact, MethodContext } from '../context'
import { type DeeplabOptions, deeplabOptions } from './options'
import { run } from './run'

/** On eight toy scenes of two classes, with the published weights of Lite0. */
const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }
const options = deeplabOptions.parse({
  ...{ width: 16, decoderWidth: 16, lowChannels: 8, rates: [1, 2], crop: 64, longestSide: 96, scaleRange: [0.8, 1.2] },
  ...{ steps: 16, batch: 4, microBatch: 4, scales: [1], mirrored: false, frozenStages: 3, truth: 'only' },
  ...{ learningRate: 1e-3, headLearningRateFactor: 20, crf: 'none', validations: 1 },
})

async function runOn(dataset: Dataset, given: Partial<DeeplabOptions> = {}, context: Partial<MethodContext> = {}) {
  testEngine()
  const metrics: [string, number][] = []
  const folder = temporaryFolder()
  const metric = (name: string, value: number) => metrics.push([name, value])
  const recorded = methodContext(dataset, temporaryFolder(), { pool, folder, metric, ...context })
  const { summary } = await run({ ...options, ...given }, recorded.context)
  return { ...recorded, summary, metrics }
}

/** The label maps of a step that gave these, one a photo. */
async function labelStep(dataset: Dataset, labels: (pixels: number) => Uint8Array, blobFolder: string) {
  const artifacts: ImageArtifact[] = []
  for (const { id, width, height } of dataset.images) {
    const blob = await writeLabelMap(blobFolder, { labels: labels(width * height), width, height })
    artifacts.push({ imageId: id, kind: 'labels', blob })
  }
  return {
    step: 'masks',
    method: 'threshold',
    outputs: ['labels'],
    folder: blobFolder,
    options: {},
    artifacts,
  } as const
}

/** One network, trained once for the tests that look at what came of it. */
let finished:
  Promise<Awaited<ReturnType<typeof runOn>> & { readonly dataset: Dataset; readonly tensors: number }> | undefined
function trained() {
  const train = async () => {
    const { binding } = testEngine()
    const before = binding.getNumOfTensors()
    const dataset = await toyDataset()
    const made = await runOn(dataset, { heldOut: 0.25 })
    return { ...made, dataset, tensors: binding.getNumOfTensors() - before }
  }
  return (finished ??= train())
}

test('it learns from label maps, predicts held-out photos too, and leaves one checkpoint and no tensor', async () => {
  const { dataset, context, artifacts, metrics, summary, tensors } = await trained()
  expect(tensors).toBe(0)
  const losses = metrics.filter(([name]) => name === 'loss').map(([, loss]) => loss)
  expect(losses).toHaveLength(16)
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2)
  expect(artifacts.map(({ imageId }) => imageId).sort()).toEqual(dataset.images.map(({ id }) => id))
  const [first] = artifacts
  const map = await readLabelMap(blobPath(context.blobFolder, first!.blob))
  expect([map.width, map.height]).toEqual([96, 72])
  expect(summary).toMatchObject({ photos: 6, heldOut: 2, heldOutMeasured: 2, trainedOnTruth: 6 })
  expect(metrics.some(([name]) => name === 'mIoU on held-out photos')).toBe(true)
  expect(readdirSync(context.folder).sort()).toEqual(['checkpoint.safetensors', 'trained-on.json'])
})

test('started from a finished checkpoint it knows at once what that one learned', async () => {
  const { dataset, context, metrics } = await trained()
  const start = join(context.folder, 'checkpoint.safetensors')
  const again = await runOn(dataset, { start, steps: 1 })
  const loss = (all: typeof metrics) => all.filter(([name]) => name === 'loss').map(([, value]) => value)
  expect(loss(again.metrics)[0]!).toBeLessThan(loss(metrics)[0]! * 0.7)
  const others = { ...dataset, classes: ['red', 'green'] }
  await expect(runOn(others, { start })).rejects.toThrow(
    /was trained on the classes red, blue, and this project has red, green/,
  )
  await expect(runOn(dataset, { start, stride: 32 })).rejects.toThrow(
    /at stride 16 .*, and this step wants .* at stride 32/,
  )
  await expect(runOn(dataset, { start, rates: [1, 3] })).rejects.toThrow(
    /holds .* with rates 1, 2, and this step wants .* with rates 1, 3/,
  )
  await expect(runOn(dataset, { start, width: 24 })).rejects.toThrow(/of another shape/)
})

test('without a step it predicts as the network that it starts with does, and asks for no labels', async () => {
  const { dataset, context, artifacts } = await trained()
  const start = join(context.folder, 'checkpoint.safetensors')
  const images = dataset.images.map(
    ({ truth, ...image }) => (void truth, { ...image, labels: [], unlabelled: true as const }),
  )
  const again = await runOn({ ...dataset, images }, { start, steps: 0, truth: 'ignore' })
  const blobs = (made: readonly ImageArtifact[]) => new Map(made.map(({ imageId, blob }) => [imageId, blob]))
  expect(blobs(again.artifacts)).toEqual(blobs(artifacts))
  expect(again.metrics.map(([name]) => name)).not.toContain('loss')
  expect(again.summary).toMatchObject({ photos: 0, heldOut: 0 })
  expect(readFileSync(join(again.context.folder, 'checkpoint.safetensors')).equals(readFileSync(start))).toBe(true)
})

test('masks reviewed while it trains are the next training’s: it goes on with those it began with, and says so', async () => {
  const dataset = await toyDataset()
  const set = { steps: 3, heldOut: 0, truth: 'ignore', corrections: 'only', checkpointSeconds: 0 } as const
  const small: Partial<DeeplabOptions> = { ...set, crop: 32, batch: 2, microBatch: 2, validations: 0 }
  const corrected = (path: (image: (typeof dataset.images)[number], i: number) => string | undefined) => {
    const images = dataset.images.map(({ truth, ...image }, i) => {
      const correction = path({ ...image, ...(truth === undefined ? {} : { truth }) }, i)
      return { ...image, ...(correction === undefined ? {} : { correction }) }
    })
    return { ...dataset, images }
  }
  const before = corrected(({ truth }, i) => (i < 6 ? truth : undefined))
  // Since then one mask was edited, one accepted that was none before, and one taken back.
  const after = corrected(({ truth }, i) => (i === 0 ? dataset.images[7]!.truth : i === 1 ? undefined : truth))
  const whole = await runOn(before, small)
  const folder = temporaryFolder()
  const begun = join(folder, 'training.safetensors')
  const checkpoint = () =>
    existsSync(begun) ? Promise.reject(new DOMException('stop', 'AbortError')) : Promise.resolve()
  await expect(runOn(before, small, { folder, checkpoint })).rejects.toThrow('stop')
  expect(existsSync(begun)).toBe(true)
  const resumed = await runOn(after, small, { folder })
  const network = (made: typeof whole) => readFileSync(join(made.context.folder, 'checkpoint.safetensors'))
  expect(network(resumed).equals(network(whole))).toBe(true)
  expect(resumed.summary).toMatchObject({ photos: 6, trainedOnCorrections: 6 })
  expect(resumed.log).toContain(
    'it goes on with the masks it began with; there are others now of scene-0, scene-1, scene-6, scene-7',
  )
})

test('where the device keeps running out of memory it halves down to two photos at once, and no further', async () => {
  const dataset = await toyDataset()
  const { log } = await runOn(dataset, { steps: 1, batch: 4, microBatch: 4 }, { attempt: 4 })
  expect(log).toContain('the device ran out of memory: 2 photos at once now, gradients add up to 4')
})

test('known labels keep every other class out of a photo', async () => {
  const dataset = await toyDataset()
  const turned = { ...dataset, images: dataset.images.map(image => ({ ...image, labels: [1 - image.labels[0]!] })) }
  const { artifacts, context } = await runOn(turned, { knownLabels: true, steps: 1 })
  for (const { imageId, blob } of artifacts) {
    const { labels } = turned.images.find(({ id }) => id === imageId)!
    const map = await readLabelMap(blobPath(context.blobFolder, blob))
    expect([0, labels[0]! + 1]).toEqual(expect.arrayContaining([...new Set(map.labels)]))
  }
})

test('known labels leave a photo that nobody labelled free, and one that is known to show nothing empty', async () => {
  const { dataset, context } = await trained()
  // A network that sees the second class everywhere.
  const { tensors, metadata } = await readSafetensors(join(context.folder, 'checkpoint.safetensors'))
  const start = join(temporaryFolder(), 'blue.safetensors')
  tensors.set('classifier.classifier.6.bias', { dtype: 'F32', shape: [3], data: Float32Array.of(0, 0, 100) })
  await writeSafetensors(start, tensors, Object.fromEntries(metadata))
  const [bare, red, ...others] = dataset.images
  const images = [
    { ...bare!, labels: [] },
    { ...red!, labels: [0] },
    ...others.map(image => ({ ...image, labels: [], unlabelled: true as const })),
  ]
  const again = await runOn({ ...dataset, images }, { start, steps: 0, truth: 'ignore', knownLabels: true })
  for (const { id } of images) {
    const { blob } = again.artifacts.find(({ imageId }) => imageId === id)!
    const found = new Set((await readLabelMap(blobPath(again.context.blobFolder, blob))).labels)
    if (id === bare!.id) expect([...found]).toEqual([0])
    else if (id === red!.id) expect(found).not.toContain(2)
    else expect([...found]).toEqual([2])
  }
})

test.each([
  ['an unknown label', 7, /scene-0 has label 7 on 6912 pixels, and this project 2 classes: labels are 0 .* 1 … 2/],
  ['nothing but void', 255, /hold nothing but void: a network learns from two labels/],
  ['nothing but one class', 2, /hold nothing but blue: a network learns from two labels/],
] as const)('label maps of %s are refused', async (_, label, message) => {
  const dataset = await toyDataset()
  const blobFolder = temporaryFolder()
  const labels = await labelStep(dataset, pixels => new Uint8Array(pixels).fill(label), blobFolder)
  const refused = runOn(dataset, { truth: 'ignore' }, { blobFolder, inputs: { labels } })
  await expect(refused).rejects.toThrow(message)
})

test('without truth to train on, the sentence says what to do', async () => {
  const dataset = await toyDataset()
  const images = dataset.images.map(({ truth, ...image }) => (void truth, image))
  await expect(runOn({ ...dataset, images })).rejects.toThrow(/None of the 8 photos .* set truth to ignore/)
})

test('a photo whose map is all void is left out and named, and the one of a rare class is drawn more often', async () => {
  const dataset = await toyDataset()
  const blobFolder = temporaryFolder()
  // The first map is void, the last shows the second class, those between the first, all below a strip of background.
  const shown = [255, 1, 1, 1, 1, 1, 1, 2]
  let made = 0
  const half = (pixels: number) => {
    const label = shown[made++]!
    return new Uint8Array(pixels).fill(label).fill(label === 255 ? 255 : 0, 0, 3000)
  }
  const labels = await labelStep(dataset, half, blobFolder)
  const { summary, log } = await runOn(dataset, { truth: 'ignore', steps: 1 }, { blobFolder, inputs: { labels } })
  expect(summary).toMatchObject({ photos: 7, withoutLabels: 1, trainedOnTruth: 0 })
  expect(log.join('\n')).toMatch(/left out scene-0: its label map is void/)
  expect(log.join('\n')).toMatch(/rare classes are drawn more often, up to 1\.9 times/) // √(½ ÷ 1/7)
})

test('the checkpoint names its classes and network', async () => {
  const { context } = await trained()
  const path = join(context.folder, 'checkpoint.safetensors')
  expect(existsSync(path)).toBe(true)
  const { metadata, tensors } = await readSafetensors(path)
  expect(JSON.parse(metadata.get('classes')!)).toEqual(['red', 'blue'])
  expect(tensors.get('backbone._conv_stem.weight')?.shape).toEqual([32, 3, 3, 3])
  expect(tensors.get('classifier.aspp.convs.1.0.body.0.weight')?.shape).toEqual([320, 1, 3, 3])
})

/** Trains for a few steps on small crops and stops before the first prediction. */
async function trainedAlone(set: Partial<DeeplabOptions>) {
  testEngine()
  const losses: number[] = []
  const folder = temporaryFolder()
  const path = join(folder, 'checkpoint.safetensors')
  const metric = (name: string, value: number) => void (name === 'loss' && losses.push(value))
  const checkpoint = () =>
    existsSync(path) ? Promise.reject(new DOMException('enough', 'AbortError')) : Promise.resolve()
  const { context } = methodContext(await toyDataset(2), temporaryFolder(), { pool, folder, metric, checkpoint })
  const small: Partial<DeeplabOptions> = { crop: 32, batch: 2, microBatch: 2, optimizer: 'sgd', validations: 0 }
  await expect(run({ ...options, ...small, ...set }, context)).rejects.toThrow('enough')
  return { losses, tensors: (await readSafetensors(path)).tensors }
}

test('a doubled bias goes twice as far in the first step, and no weight another way', async () => {
  const [plain, doubled] = [await trainedAlone({ steps: 1 }), await trainedAlone({ steps: 1, biasDoubled: true })]
  const bytes = ({ data }: NamedTensor) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const isChanged = ([name, tensor]: [string, NamedTensor]) => !bytes(tensor).equals(bytes(doubled.tensors.get(name)!))
  const changed = [...plain.tensors].filter(isChanged)
  expect(changed.map(([name]) => name)).toEqual(['classifier.classifier.6.bias'])
  const [bias, further] = [plain, doubled].map(({ tensors }) => tensors.get('classifier.classifier.6.bias')!.data)
  expect(Array.from(bias as Float32Array, value => 2 * value)).toEqual([...(further as Float32Array)])
})

test('the hardest pixels count until half of training is over, and not from then on', async () => {
  const [all, easy] = [await trainedAlone({ steps: 2 }), await trainedAlone({ steps: 2, dropHardest: 0.3 })]
  expect(easy.losses[0]).toBe(all.losses[0])
  expect(easy.losses[1]!).toBeLessThan(all.losses[1]!)
})
