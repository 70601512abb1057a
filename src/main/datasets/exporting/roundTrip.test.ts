import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { exportOf } from '../../../../tests/helpers/exportOf'
import { importOf } from '../../../../tests/helpers/importOf'
import { maskRoundTrip, withoutVoid } from '../../../../tests/helpers/maskRoundTrip'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { openProject } from '../../db/open'
import { readStateDict } from '../../weights/readStateDict'
import { writeSafetensors } from '../../weights/safetensors'
import { importDataset } from '../importing/importDataset'

let out: string

beforeEach(() => {
  out = join(temporaryFolder(), 'out')
})

describe('plain PNG and the names beside it', () => {
  test.each([1, 2])('map %i leaves and comes back, void too', async seed => {
    const { left, back, notes } = await maskRoundTrip(seed, { format: 'png', importer: 'voc', masks: 'masks' })
    expect(back).toEqual(left)
    expect(notes).toEqual([])
  })

  test('void comes back as the background that it was made', async () => {
    const options = { void: 'background' }
    const { left, back } = await maskRoundTrip(3, { format: 'png', importer: 'voc', masks: 'masks', options })
    expect(back).toEqual(withoutVoid(left))
  })
})

describe('labels', () => {
  const classes = ['cat, big', 'a "dog"', 'cow', 'été:2']
  const photos = [
    { stem: '2007_000032', present: [0, 2], unknown: [] },
    { stem: '2007_000033', present: [], unknown: [1] },
    { stem: '2007_000034', present: [1, 3], unknown: [] },
  ]
  let data: TinyDataset

  beforeEach(async () => {
    data = new TinyDataset()
    for (const [shade, { stem }] of photos.entries()) await data.photo(`${stem}.jpg`, { shade })
  })

  /** Places of the classes present, and of those unknown, by photo. */
  async function imported(format: string, file: string) {
    const project = openProject(temporaryFolder(), { create: true })
    try {
      await importDataset({ project, format, path: join(out, file), images: data.folder })
      const unknown = project.labels.unknownPlaces()
      const images = project.dataset().images.map(({ id, stem, labels }) => [stem, labels, unknown.get(id) ?? []])
      return { classes: project.classes.names(), images }
    } finally {
      project.close()
    }
  }
  const whole = photos.map(({ stem, present, unknown }) => [stem, present, unknown])
  const known = photos.map(({ stem, present }) => [stem, present, []])

  test('a wide table brings back classes, photos and what is unknown', async () => {
    await exportOf('csv', { out, classes, photos })
    expect(await imported('csv', 'labels.csv')).toEqual({ classes, images: whole })
  })

  test('the other tables bring back the same labels, whose classes stand in the alphabet’s order', async () => {
    const plain = ['cat', ...classes.slice(1)]
    const names = photos.map(({ stem, present }) => [stem, present.map(place => plain[place]!).sort()] as const)
    for (const form of ['long', 'delimited']) {
      await exportOf('csv', { out, classes: plain, photos, options: { form } })
      const back = await importOf({ format: 'csv', path: join(out, 'labels.csv'), images: data.folder })
      const labels = [...back.photos].map(([stem, photo]) => [stem, photo.labels.toSorted()])
      // A photo without a class has no row in the long form.
      expect(labels).toEqual(names.filter(([, of]) => form === 'delimited' || of.length > 0))
    }
  })

  test('a class with a separator in its name cannot leave in one cell with others, and alone with a warning', async () => {
    const long = await exportOf('csv', { out, classes, photos, options: { form: 'long' } })
    expect(long.notes.join(' ')).toContain('take it for several. The wide form keeps it.')
    const request = { out, classes: ['cat', 'dog; small'], photos, options: { form: 'delimited' } }
    await expect(exportOf('csv', request)).rejects.toThrow('"dog; small" has a semicolon')
  })

  test.each(['str', 'int'])(
    'cls_labels.npy with %s keys brings back the classes that classes.txt names',
    async keys => {
      await exportOf('cls-labels', { out, classes, photos, options: { keys } })
      expect(await imported('cls-labels', 'cls_labels.npy')).toEqual({ classes, images: known })
    },
  )
})

test('a trained network leaves as its run keeps it, and is read again under torchvision’s names', async () => {
  const weights = Float32Array.from({ length: 100_000 }, (_, i) => Math.sin(i)) // more than one piece of a copy
  const tensors = new Map([
    ['conv1.weight', { dtype: 'F32', shape: [100, 1000], data: weights }],
    ['layer1.0.bn1.num_batches_tracked', { dtype: 'I64', shape: [], data: BigInt64Array.of(7n) }],
  ] as const)
  const checkpoint = join(temporaryFolder(), 'checkpoint.safetensors')
  await writeSafetensors(checkpoint, new Map(tensors), { backbone: 'resnet50' })
  await exportOf('checkpoint', { out, classes: ['cat', 'dog'], checkpoint })
  expect(readFileSync(join(out, 'checkpoint.safetensors')).equals(readFileSync(checkpoint))).toBe(true)
  expect(readFileSync(join(out, 'classes.txt'), 'utf8')).toBe('cat\ndog\n')
  expect(await readStateDict(join(out, 'checkpoint.safetensors'))).toEqual(new Map(tensors))
})
