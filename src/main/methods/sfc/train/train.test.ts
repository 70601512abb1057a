import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testEngine } from '../../../../../tests/helpers/engine'
import { methodContext } from '../../../../../tests/helpers/methodContext'
import { temporaryFolder } from '../../../../../tests/helpers/temporaryFolder'
import { toyDataset } from '../../../../../tests/helpers/toyDataset'
import { readClassifier } from '../../../backbones/classifierCheckpoint'
import type { PoolClient } from '../../../pool/poolClient'
import { runTask } from '../../../pool/tasks'
import type { MethodContext } from '../../context'
import { readSfc } from '../sfcCheckpoint'
import sfc from './method'
import { sfcOptions } from './options'
import { run } from './run'

const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }
const cacheFolder = temporaryFolder()
const frozen = {
  longestSide: 96,
  batch: 2,
  bankDraws: 1,
  steps: 4,
  classifier: 'steps',
  scaleLoss: 0.8,
  detachMaps: false,
  affinityHops: 2,
  affinityWidth: 16,
  learningRate: 0.01,
} as const
const whole = {
  ...frozen,
  train: 'all',
  epochs: 1,
  microBatch: 3,
  crop: 64,
  resizeLong: [64, 96],
  learningRate: 0.001,
} as const

async function train(set: object, given: Partial<MethodContext> = {}) {
  const folder = given.folder ?? temporaryFolder()
  const losses: number[] = []
  const precisions: [name: string, value: number][] = []
  const metric = (name: string, value: number) => {
    if (name === 'loss') losses.push(value)
    if (name.startsWith('mAP')) precisions.push([name, value])
  }
  const recorded = methodContext(await toyDataset(), temporaryFolder(), { pool, cacheFolder, metric, ...given, folder })
  const { summary } = await run({ ...sfcOptions.parse(set), checkpointSeconds: 0 }, recorded.context)
  return { folder, losses, precisions, summary, log: recorded.log }
}

const ways = [
  { way: 'a frozen backbone', options: frozen, of: 'photos', steps: 4, stopAfter: 8 + 2 }, // eight photos are read first
  { way: 'the deepest stages too', options: whole, of: 'crops', steps: 4, stopAfter: 2 },
]

test.each(ways)(
  'trains $way: the loss falls, both files can be read, no tensor stays, and stopped and resumed it ends with the very bytes',
  async ({ options, of, steps, stopAfter }) => {
    const { binding } = testEngine()
    const before = binding.getNumOfTensors()
    const { folder, losses, precisions } = await train(options)
    expect(binding.getNumOfTensors()).toBe(before)
    expect(losses).toHaveLength(steps)
    expect(losses.at(-1)!, losses.join(' ')).toBeLessThan(losses[0]!)
    expect(precisions).toEqual(
      [': red', ': blue', ''].map(name => [`mAP on training ${of}${name}`, expect.any(Number)]),
    )
    for (const [name, value] of precisions) expect(value > 0 && value <= 1, name).toBe(true) // each class has photos
    expect(readdirSync(folder).sort()).toEqual(['checkpoint.safetensors', 'sfc.safetensors'])
    await expectHead(folder)

    const resumed = temporaryFolder()
    let calls = 0
    const checkpoint = () =>
      ++calls > stopAfter ? Promise.reject(new DOMException('stop', 'AbortError')) : Promise.resolve()
    await expect(train(options, { folder: resumed, checkpoint })).rejects.toThrow('stop')
    expect(binding.getNumOfTensors()).toBe(before)
    expect((await train(options, { folder: resumed })).losses.length).toBeLessThan(steps)
    for (const file of ['checkpoint.safetensors', 'sfc.safetensors'])
      expect(readFileSync(join(resumed, file)).equals(readFileSync(join(folder, file)))).toBe(true)
  },
)

async function expectHead(folder: string): Promise<void> {
  const classifier = await readClassifier(folder)
  expect(classifier.classes).toEqual(['red', 'blue'])
  const { head, settings } = await readSfc(folder, classifier)
  expect(settings).toEqual({ affinityHops: 2, backgroundFactor: 0.3 })
  expect(head.sides.map(({ shape }) => shape.slice(2))).toEqual([
    [24, 32],
    [40, 32],
    [112, 64],
    [1280, 128],
  ])
  head.dispose()
}

test('what each class weighs stands in the summary and in the log', async () => {
  testEngine()
  const dataset = await toyDataset()
  const images = dataset.images.map(image => ({ ...image, labels: image.id > 6 ? [0, 1] : [0] }))
  const tail = { ...dataset, images, classes: ['red', 'blue', 'green'] }
  const { summary, log } = await train({ ...frozen, steps: 1 }, { dataset: tail })
  expect(summary['classes']).toEqual([
    { class: 'red', group: 'many', photos: 8, bankDraws: 2, demand: 6, coefficient: expect.closeTo(8 / 11, 6) },
    { class: 'blue', group: 'medium', photos: 2, bankDraws: 2, demand: 6, coefficient: expect.closeTo(14 / 11, 6) },
    { class: 'green', group: 'few', photos: 0, bankDraws: 0, demand: 0, coefficient: 0 },
  ])
  expect(log.join('\n')).toMatch(/No photo shows "green"/)
})

test('too few photos that can be read are refused as too few photos are', async () => {
  testEngine()
  const dataset = await toyDataset()
  const images = dataset.images
    .slice(0, 4)
    .map((image, i) => (i === 0 ? { ...image, path: `${image.path}.gone` } : image))
  const given = { dataset: { ...dataset, images }, cacheFolder: temporaryFolder() }
  await expect(train({ ...frozen, batch: 4 }, given)).rejects.toThrow(
    '3 photos (1 more cannot be read) are fewer than a batch of 4: set sfc.batch to 3 or less.',
  )
  const { summary } = await train({ ...frozen, batch: 3, steps: 1 }, given)
  expect(summary['photos']).toBe(3)
})

test.each([
  [{ affinityHops: 2 }, 'affinityHops', '0 where no loss teaches the affinities'],
  [{ affinityHops: 2, prototypeLoss: 0, detachMaps: false }, 'affinityHops', '0 where no loss teaches the affinities'],
  [{ scaleLoss: 0.8 }, 'scaleLoss', '0 where neither classifier nor affinities learn'],
  [{ detachMaps: false }, 'detachMaps', 'true where neither classifier nor affinities learn'],
  [{ prototypeLoss: 0 }, 'prototypeLoss', 'above 0 where neither classifier nor affinities learn'],
])('%j would do nothing as the other options are, and is refused', (set, option, message) => {
  const { error } = sfcOptions.safeParse(set)
  expect(error!.issues).toMatchObject([{ path: [option], message: expect.stringContaining(message) as string }])
})

test('options that learn together, and every preset, are taken', () => {
  for (const set of [
    { affinityHops: 2, scaleLoss: 0.8 },
    { scaleLoss: 0.8, classifier: 'steps' },
    { train: 'all', detachMaps: false },
    { prototypeLoss: 0, classifier: 'steps' },
    { prototypeLoss: 0, train: 'all' },
    ...Object.values(sfc.presets ?? {}),
  ])
    expect(sfcOptions.safeParse(set).success).toBe(true)
})

test('too few photos, none with a label, and one class: a sentence each', async () => {
  testEngine()
  await expect(train({ ...frozen, batch: 16 })).rejects.toThrow(/8 photos are fewer than a batch of 16.*sfc\.batch/)
  const dataset = await toyDataset()
  const unlabelled = { ...dataset, images: dataset.images.map(image => ({ ...image, labels: [] })) }
  await expect(train(frozen, { dataset: unlabelled })).rejects.toThrow(/None of the 8 photos has a label/)
  const single = { ...dataset, classes: ['red'], images: dataset.images.map(image => ({ ...image, labels: [0] })) }
  const { log } = await train({ ...frozen, steps: 1 }, { dataset: single })
  expect(log.join('\n')).toMatch(/There is one class/)
})

test('a photo that nobody labelled teaches no class to be absent; one that is known to show none does', async () => {
  testEngine()
  const dataset = await toyDataset()
  const [first, second, ...others] = dataset.images
  const images = [{ ...first!, labels: [], unlabelled: true as const }, { ...second!, labels: [] }, ...others]
  const { summary, log } = await train({ ...frozen, steps: 1 }, { dataset: { ...dataset, images } })
  expect(summary).toMatchObject({ photos: 7 })
  expect(log.join('\n')).toContain('left out of training, since nobody has said what they show: scene-0')
  const unknown = dataset.images.map(image => ({ ...image, labels: [], unlabelled: true as const }))
  await expect(train(frozen, { dataset: { ...dataset, images: unknown } })).rejects.toThrow(
    'Nobody has said what any of the 8 photos shows',
  )
})
