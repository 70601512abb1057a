import { expect, test } from 'vitest'
import { methodContext } from '../../../../tests/helpers/methodContext'
import { ownThread } from '../../../../tests/helpers/reviewProject'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { blobPath } from '../../artifacts/blobStore'
import { writeLabelMap } from '../../artifacts/labelMaps'
import { chooseLabels, type LabelOptions } from './chooseLabels'
import { labelledPhotos } from './labelledPhotos'

const size = { width: 2, height: 2 }

/** Three photos with a mask of the recipe each; the second has a correction, the third a correction and ground truth. */
async function made() {
  const blobFolder = temporaryFolder()
  const store = async (labels: Uint8Array) => writeLabelMap(blobFolder, { labels, ...size })
  const [given, corrected, truth] = await Promise.all([Uint8Array.of(0, 0, 0, 1), Uint8Array.of(0, 0, 1, 1), Uint8Array.of(0, 1, 1, 1)].map(store)) // prettier-ignore
  const path = (blob: string | undefined) => blobPath(blobFolder, blob!)
  const photo = (id: number): DatasetImage => ({ id, stem: `${id}`, path: '', ...size, labels: [0], sha256: '' })
  const images = [
    photo(1),
    { ...photo(2), correction: path(corrected) },
    { ...photo(3), correction: path(corrected), truth: path(truth) },
  ]
  const dataset = { classes: ['cat'], images, hash: '', split: 'all' }
  const artifacts = images.map(({ id }) => ({ imageId: id, kind: 'labels', blob: given! }) as const)
  const labels = {
    step: 'masks',
    method: 'threshold',
    outputs: ['labels'],
    folder: '',
    options: {},
    artifacts,
  } as const
  const { context } = methodContext(dataset, blobFolder, { pool: ownThread, inputs: { labels } })
  const names = new Map([[path(given), 'given'], [path(corrected), 'corrected'], [path(truth), 'truth']]) // prettier-ignore
  const trainedOn = (truth: LabelOptions['truth'], corrections: LabelOptions['corrections']) =>
    chooseLabels(images, { truth, corrections }, context).map(({ labels }) => names.get(labels))
  return { trainedOn, images, context, store, given: path(given) }
}

test('a person’s mask is trained on instead of the recipe’s, and ground truth before both where it is used', async () => {
  const { trainedOn } = await made()
  expect(trainedOn('ignore', 'prefer')).toEqual(['given', 'corrected', 'corrected'])
  expect(trainedOn('prefer', 'prefer')).toEqual(['given', 'corrected', 'truth'])
  expect(trainedOn('ignore', 'ignore')).toEqual(['given', 'given', 'given'])
  expect(trainedOn('only', 'prefer')).toEqual(['truth'])
})

test('masks that a person accepted or edited can be all that is trained on, the recipe’s own that was accepted too', async () => {
  const { trainedOn, images, context, given } = await made()
  expect(trainedOn('ignore', 'only')).toEqual(['corrected', 'corrected'])
  expect(trainedOn('prefer', 'only')).toEqual(['corrected', 'truth'])
  const [first] = images
  const options = { truth: 'ignore', corrections: 'only' } as const
  const accepted = { ...first!, correction: given }
  expect(chooseLabels([accepted], options, context)).toEqual([{ image: accepted, labels: given, source: 'correction' }])
  expect(() => chooseLabels([first!], options, context)).toThrow(
    'None of the 1 photos to train on has a mask that a person accepted or edited: review some, or set corrections to prefer.',
  )
})

test('of each map it is known which classes it shows, background and void being none', async () => {
  const { images, context, store } = await made()
  const maps = await Promise.all([[0, 0, 255, 0], [0, 1, 255, 1], [255, 255, 255, 255]].map(map => store(Uint8Array.from(map)))) // prettier-ignore
  const artifacts = images.map(({ id }, i) => ({ imageId: id, kind: 'labels', blob: maps[i]! }) as const)
  const labels = { ...context.inputs.labels!, artifacts }
  const chosen = chooseLabels(images, { truth: 'ignore', corrections: 'ignore' }, { ...context, inputs: { labels } })
  const photos = await labelledPhotos(chosen, context)
  expect(photos.map(({ image, present }) => [image.id, present])).toEqual([
    [1, []],
    [2, [1]],
  ])
})

test('a mask of the recipe for a photo that nobody labelled teaches nothing; a person’s mask of it does', async () => {
  const { images, context } = await made()
  const log: string[] = []
  const unlabelled = images.map(image => ({ ...image, labels: [], unlabelled: true as const }))
  const [first, second] = unlabelled
  const known = { ...images[2]!, id: 4, stem: '4', labels: [] }
  const artifacts = [...context.inputs.labels!.artifacts, { ...context.inputs.labels!.artifacts[0]!, imageId: 4 }]
  const inputs = { labels: { ...context.inputs.labels!, artifacts } }
  const telling = { ...context, inputs, log: (line: string) => log.push(line) }
  const options = { truth: 'ignore', corrections: 'prefer' } as const
  const photos = chooseLabels([first!, second!, known], options, telling)
  expect(photos.map(({ image }) => image.id)).toEqual([2, 4])
  expect(log).toEqual(['left out of training, since nobody has said what they show: 1'])
  expect(() => chooseLabels([first!], options, telling)).toThrow(
    'None of the 1 photos to train on has a label: set what',
  )
})
