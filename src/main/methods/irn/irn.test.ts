import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { blobsOf, chainUpTo } from '../../../../tests/helpers/methodChain'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { decodeEdgeMap } from '../../../shared/tensors/edgeMap'
import { blobPath } from '../../artifacts/blobStore'
import { readLabelMap, writeLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps, writeScoreMaps } from '../../artifacts/scoreMaps'
import type { LabelMap } from '../../media/labelPng'
import { epochOrder } from '../../nn/augment'
import { readSafetensors } from '../../weights/safetensors'
import type { ImageArtifact, MethodContext } from '../context'

const { chain, definition } = await chainUpTo('irn')
const finished = (step: string) => chain.finished.get(step)!.reference

/** What the step takes, with labels of one's own. */
async function withLabels(label: (photo: DatasetImage) => Promise<LabelMap> | LabelMap) {
  const artifacts = await Promise.all(
    chain.dataset.images.map(async (image): Promise<ImageArtifact> => {
      return { imageId: image.id, kind: 'labels', blob: await writeLabelMap(chain.blobFolder, await label(image)) }
    }),
  )
  return { scores: finished('lpcam'), labels: { ...finished('confident'), artifacts } }
}
const size = { width: 96, height: 72 }
const flat = (label: number, { width, height } = size) => ({
  labels: new Uint8Array(width * height).fill(label),
  ...{ width, height },
})

// The truth is sure of everything.
const inputs = await withLabels(({ truth }) => readLabelMap(truth!))
const run = (set: object = {}, given: Partial<MethodContext> = {}) => chain.run(definition, { inputs, ...given }, set)

const blobOf = (artifacts: readonly ImageArtifact[], imageId: number, kind: string) =>
  blobPath(chain.blobFolder, artifacts.find(a => a.imageId === imageId && a.kind === kind)!.blob)

const edgesOf = (artifacts: readonly ImageArtifact[], imageId: number) =>
  decodeEdgeMap(readFileSync(blobOf(artifacts, imageId, 'edges')), 'edges')

test('stopped in the second pass over the photos, it goes on from the first and ends the same', async () => {
  const whole = await run({ epochs: 2 })
  const folder = temporaryFolder()
  let steps = 0
  const checkpoint: MethodContext['checkpoint'] = () =>
    ++steps > 3 ? Promise.reject(new DOMException('cancelled', 'AbortError')) : Promise.resolve()
  await expect(run({ epochs: 2 }, { folder, checkpoint })).rejects.toThrow('cancelled')
  expect(existsSync(join(folder, 'training.safetensors'))).toBe(true)
  const resumed = await run({ epochs: 2 }, { folder })
  expect(blobsOf(resumed.reference.artifacts)).toEqual(blobsOf(whole.reference.artifacts))
  expect(existsSync(join(folder, 'training.safetensors'))).toBe(false)
})

test('the trained branch carries the names of the reference network', async () => {
  const { reference } = await run()
  const { tensors } = await readSafetensors(join(reference.folder, 'irnet.safetensors'))
  expect(tensors.get('fc_edge1.0.weight')!.shape).toEqual([32, 16, 1, 1])
  expect(tensors.get('fc_edge5.1.bias')!.shape).toEqual([32])
  expect(tensors.get('fc_edge6.weight')!.shape).toEqual([1, 160, 1, 1])
  expect(tensors.size).toBe(17)
})

test('maps of another size are brought to the edges, and the summary counts them', async () => {
  const { reference, summary } = await run({ longestSide: 128, padTo: 144 })
  expect(summary).toMatchObject({ photos: 8, resized: 8, extinct: [], unreadable: [] })
  const maps = await readScoreMaps(blobOf(reference.artifacts, 3, 'scores'))
  const edges = edgesOf(reference.artifacts, 3)
  expect([maps.width, maps.height, maps.photoWidth, maps.photoHeight]).toEqual([32, 24, 96, 72])
  expect([edges.width, edges.height, edges.photoWidth, edges.photoHeight]).toEqual([32, 24, 96, 72])
  expect(edges.displacement).toBeNull()
})

test('displacements are kept where they were asked for, their mean taken away', async () => {
  const { reference } = await run({ displacement: true })
  const { displacement } = edgesOf(reference.artifacts, 1)
  expect(displacement).toHaveLength(24 * 18 * 2)
  const { tensors } = await readSafetensors(join(reference.folder, 'irnet.safetensors'))
  expect(tensors.get('mean_shift.running_mean')!.data).not.toEqual(Float32Array.of(0, 0))
})

test('displacements are measured on photos that have scores and can be read', async () => {
  const gone = join(temporaryFolder(), 'gone.jpg')
  const images = chain.dataset.images.map(image => (image.id > 6 ? { ...image, path: gone } : image))
  const upTo = <Step extends { readonly artifacts: readonly ImageArtifact[] }>(last: number, step: Step) => ({
    ...step,
    artifacts: step.artifacts.filter(({ imageId }) => imageId <= last),
  })
  const set = { displacement: true, batch: 1 }
  const shiftOf = async (count: number, scored: number) => {
    const { reference, summary } = await run(set, {
      dataset: { ...chain.dataset, images: images.slice(0, count) },
      inputs: { labels: upTo(6, inputs.labels), scores: upTo(scored, inputs.scores) },
    })
    const { tensors } = await readSafetensors(join(reference.folder, 'irnet.safetensors'))
    return { shift: tensors.get('mean_shift.running_mean')!.data, unreadable: summary['unreadable'] }
  }
  const [clean, broken] = [await shiftOf(6, 6), await shiftOf(8, 7)]
  expect(broken.shift).toEqual(clean.shift)
  expect(broken.unreadable).toEqual([{ photo: 'scene-6', reason: expect.stringContaining('gone.jpg') as string }])
})

test('a photo of whose scores nothing is left is named in the log, with what to lower', async () => {
  const none = await writeScoreMaps(chain.blobFolder, {
    ...{
      keys: Int32Array.of(0),
      maps: new Float32Array(24 * 18),
      width: 24,
      height: 18,
      photoWidth: 96,
      photoHeight: 72,
    },
  })
  const artifacts = inputs.scores.artifacts.map(a => (a.imageId === 1 ? { ...a, blob: none.blob } : a))
  const given = { ...inputs, scores: { ...inputs.scores, artifacts } }
  const { reference, log, summary } = await run({}, { inputs: given })
  expect(summary['extinct']).toEqual(['scene-0'])
  const again = await run({}, { inputs: given, folder: reference.folder, existing: reference.artifacts })
  expect(again.summary).toMatchObject({ ...summary, walkSeconds: expect.any(Number) as number })
  expect(log.join('\n')).toMatch(/of 1 labelled photo \(scene-0\) the walk left no score.*lower irn.learningRate/)
})

test('a training resumed at the end of a pass does not judge it by what is left of it', async () => {
  const folder = temporaryFolder()
  let steps = 0
  // The wait makes the seventh step write a checkpoint; the eighth is cancelled.
  const checkpoint: MethodContext['checkpoint'] = () => {
    if (++steps > 7) return Promise.reject(new DOMException('cancelled', 'AbortError'))
    return steps === 7 ? setTimeout(1100) : Promise.resolve()
  }
  // One photo a step, and that of the eighth has no label at all.
  const order = [...epochOrder(8, { seed: 1, epoch: 0 })]
  const last = chain.dataset.images[order[7]!]!
  const given = await withLabels(photo => (photo.id === last.id ? flat(255) : readLabelMap(photo.truth!)))
  const set = { batch: 1, checkpointSeconds: 1 }
  await expect(run(set, { inputs: given, folder, checkpoint })).rejects.toThrow('cancelled')
  const resumed = await run(set, { inputs: given, folder })
  expect(resumed.reference.artifacts.filter(({ kind }) => kind === 'scores')).toHaveLength(8)
})

test('a photo without a class has no maps after the walk, either', async () => {
  const none = await writeScoreMaps(chain.blobFolder, {
    ...{ keys: new Int32Array(0), maps: new Float32Array(0), width: 24, height: 18, photoWidth: 96, photoHeight: 72 },
  })
  const artifacts = inputs.scores.artifacts.map(a => (a.imageId === 1 ? { ...a, blob: none.blob } : a))
  const { reference, summary } = await run({}, { inputs: { ...inputs, scores: { ...inputs.scores, artifacts } } })
  expect((await readScoreMaps(blobOf(reference.artifacts, 1, 'scores'))).keys).toHaveLength(0)
  expect(summary['extinct']).toEqual([])
})

test('labels that are sure of nothing are refused by the step that gave them', async () => {
  const nothing = await withLabels(() => flat(255))
  await expect(run({}, { inputs: nothing })).rejects.toThrow(/no two neighbours had one label, as step "confident"/)
  const all = await withLabels(() => flat(0))
  await expect(run({}, { inputs: all })).rejects.toThrow(/no two neighbours had different labels/)
})

test('labels of another class list or another size are refused by the photo', async () => {
  const unknown = await withLabels(() => flat(7))
  await expect(run({}, { inputs: unknown })).rejects.toThrow(/scene-\d has the label 7 at \(0, 0\).*2 classes/)
  const small = await withLabels(() => flat(0, { width: 48, height: 36 }))
  await expect(run({}, { inputs: small })).rejects.toThrow(/label map of scene-\d is 48×36, the photo 96×72/)
})

test('maps of another photo, a batch too large and a square too small are refused with the remedy', async () => {
  const wide = {
    keys: Int32Array.of(0),
    maps: new Float32Array(9),
    width: 3,
    height: 3,
    photoWidth: 90,
    photoHeight: 90,
  }
  const { blob } = await writeScoreMaps(chain.blobFolder, wide)
  const artifacts = inputs.scores.artifacts.map(a => ({ ...a, blob }))
  const other = { ...inputs, scores: { ...inputs.scores, artifacts } }
  await expect(run({}, { inputs: other })).rejects.toThrow(
    /scene-\d is of 96×72, and its score maps were made when it was of 90×90/,
  )
  await expect(run({ batch: 9 })).rejects.toThrow('8 photos with labels are fewer than a batch of 9')
  await expect(run({ padTo: 64 })).rejects.toThrow(/scene-0 is 96×72.*irn.padTo 64/)
})

test('a photo that nobody labelled teaches no edges and gets them all the same', async () => {
  const [first, ...others] = chain.dataset.images
  const dataset = { ...chain.dataset, images: [{ ...first!, labels: [], unlabelled: true as const }, ...others] }
  const { summary, log } = await run({ batch: 7 }, { dataset })
  expect(summary).toMatchObject({ photos: 8, trainedOn: 7 })
  expect(log.join('\n')).toContain('left out of training, since nobody has said what they show: scene-0')
})

test('without a photo to learn from no batch is small enough: the sentence says what is missing', async () => {
  const images = chain.dataset.images.map(image => ({ ...image, labels: [], unlabelled: true as const }))
  await expect(run({}, { dataset: { ...chain.dataset, images } })).rejects.toThrow(
    'Nobody has said what any of the 8 photos shows: set their labels',
  )
  const labels = { ...inputs.labels, artifacts: [] }
  await expect(run({}, { inputs: { ...inputs, labels } })).rejects.toThrow(
    'Step "confident" gave no label map of a photo that can be trained on',
  )
})
