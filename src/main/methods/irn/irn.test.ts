import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blobsOf, chainUpTo } from '../../../../tests/helpers/methodChain'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { blobPath } from '../../artifacts/blobStore'
import { readEdgeMap } from '../../artifacts/edgeMaps'
import { writeLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { readSafetensors } from '../../weights/safetensors'
import type { ImageArtifact, MethodContext } from '../context'

const { chain, definition } = await chainUpTo('irn')
const inputs = {
  scores: chain.finished.get('lpcam')!.reference,
  labels: chain.finished.get('confident')!.reference,
}

const blobOf = (artifacts: readonly ImageArtifact[], imageId: number, kind: string) =>
  blobPath(chain.blobFolder, artifacts.find(a => a.imageId === imageId && a.kind === kind)!.blob)

/** The same step with labels of one's own. */
async function withLabels(label: (photo: number) => Uint8Array, size = { width: 96, height: 72 }) {
  const artifacts = await Promise.all(
    chain.dataset.images.map(async ({ id }): Promise<ImageArtifact> => {
      const blob = await writeLabelMap(chain.blobFolder, { labels: label(id), ...size })
      return { imageId: id, kind: 'labels', blob }
    }),
  )
  return { inputs: { ...inputs, labels: { ...inputs.labels, artifacts } } }
}

test('stopped in the second pass over the photos, it goes on from the first and ends the same', async () => {
  const whole = await chain.run(definition, {}, { epochs: 2 })
  const folder = temporaryFolder()
  let steps = 0
  const checkpoint: MethodContext['checkpoint'] = () =>
    ++steps > 3 ? Promise.reject(new DOMException('cancelled', 'AbortError')) : Promise.resolve()
  await expect(chain.run(definition, { folder, checkpoint }, { epochs: 2 })).rejects.toThrow('cancelled')
  expect(existsSync(join(folder, 'training.safetensors'))).toBe(true)
  const resumed = await chain.run(definition, { folder }, { epochs: 2 })
  expect(blobsOf(resumed.reference.artifacts)).toEqual(blobsOf(whole.reference.artifacts))
  expect(existsSync(join(folder, 'training.safetensors'))).toBe(false)
})

test('the trained branch carries the names of the reference network', async () => {
  const { reference } = await chain.run(definition)
  const { tensors } = await readSafetensors(join(reference.folder, 'irnet.safetensors'))
  expect(tensors.get('fc_edge1.0.weight')!.shape).toEqual([32, 16, 1, 1])
  expect(tensors.get('fc_edge5.1.bias')!.shape).toEqual([32])
  expect(tensors.get('fc_edge6.weight')!.shape).toEqual([1, 160, 1, 1])
  expect(tensors.size).toBe(17)
})

test('maps of another size are brought to the edges, and the summary counts them', async () => {
  const { reference, summary } = await chain.run(definition, {}, { longestSide: 128, padTo: 144 })
  expect(summary).toMatchObject({ photos: 8, resized: 8, extinct: [], unreadable: [] })
  const maps = await readScoreMaps(blobOf(reference.artifacts, 3, 'scores'))
  const edges = await readEdgeMap(blobOf(reference.artifacts, 3, 'edges'))
  expect([maps.width, maps.height, maps.photoWidth, maps.photoHeight]).toEqual([32, 24, 96, 72])
  expect([edges.width, edges.height, edges.photoWidth, edges.photoHeight]).toEqual([32, 24, 96, 72])
  expect(edges.displacement).toBeNull()
})

test('displacements are kept where they were asked for, their mean taken away', async () => {
  const { reference } = await chain.run(definition, {}, { displacement: true })
  const { displacement } = await readEdgeMap(blobOf(reference.artifacts, 1, 'edges'))
  expect(displacement).toHaveLength(24 * 18 * 2)
  const { tensors } = await readSafetensors(join(reference.folder, 'irnet.safetensors'))
  expect(tensors.get('mean_shift.running_mean')!.data).not.toEqual(Float32Array.of(0, 0))
})

test('a photo without a class has no maps after the walk, either', async () => {
  const images = chain.dataset.images.map((image, i) => (i === 0 ? { ...image, labels: [] } : image))
  const bare = await chainUpTo('irn', { ...chain.dataset, images })
  const { reference } = await bare.chain.run(definition)
  const { blob } = reference.artifacts.find(({ imageId, kind }) => imageId === 1 && kind === 'scores')!
  expect((await readScoreMaps(blobPath(bare.chain.blobFolder, blob))).keys).toHaveLength(0)
})

test('labels that are sure of nothing are refused by the step that gave them', async () => {
  const nothing = await withLabels(() => new Uint8Array(96 * 72).fill(255))
  await expect(chain.run(definition, nothing)).rejects.toThrow(/no two neighbours had one label, as step "confident"/)
  const all = await withLabels(() => new Uint8Array(96 * 72))
  await expect(chain.run(definition, all)).rejects.toThrow(/no two neighbours had different labels/)
})

test('labels of another class list or another size are refused by the photo', async () => {
  const unknown = await withLabels(() => new Uint8Array(96 * 72).fill(7))
  await expect(chain.run(definition, unknown)).rejects.toThrow(/scene-\d has the label 7 at \(0, 0\).*2 classes/)
  const small = await withLabels(() => new Uint8Array(48 * 36), { width: 48, height: 36 })
  await expect(chain.run(definition, small)).rejects.toThrow(/label map of scene-\d is 48×36, the photo 96×72/)
})

test('maps of another photo, a batch too large and a square too small are refused with the remedy', async () => {
  const images = chain.dataset.images.map(image => ({ ...image, width: 72, height: 96 }))
  const labels = await withLabels(() => new Uint8Array(96 * 72).fill(1, 0, 3000), { width: 72, height: 96 })
  const turned = { ...labels, dataset: { ...chain.dataset, images } }
  await expect(chain.run(definition, turned)).rejects.toThrow(/scene-0 is of 72×96, and its score maps were made when it was of 96×72/)
  await expect(chain.run(definition, {}, { batch: 9 })).rejects.toThrow('8 photos with labels are fewer than a batch of 9')
  await expect(chain.run(definition, {}, { padTo: 64 })).rejects.toThrow(/scene-0 is 96×72.*irn.padTo 64/)
})
