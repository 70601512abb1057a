import { expect, test } from 'vitest'
import { chainUpTo, sharedChainUpTo } from '../../../../tests/helpers/methodChain'
import { toyDataset } from '../../../../tests/helpers/toyDataset'
import type { Dataset } from '../../../shared/contract/dataset'
import { blobPath } from '../../artifacts/blobStore'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import type { ImageArtifact } from '../context'
import { findMethod } from '../index'
import { readPrototypes } from '../../artifacts/prototypes'

/** The README's degenerate cases that a whole run meets; those of its parts stand beside the parts. */

async function lpcam(set: object, dataset?: Dataset) {
  const { chain, definition } = await (dataset ? chainUpTo('lpcam', dataset) : sharedChainUpTo('lpcam'))
  const finished = await chain.run(definition, {}, set)
  const mapsOf = (artifacts: readonly ImageArtifact[], imageId: number) =>
    readScoreMaps(blobPath(chain.blobFolder, artifacts.find(a => a.imageId === imageId && a.kind === 'scores')!.blob))
  return { ...finished, chain, mapsOf, kept: (await readPrototypes(finished.reference.folder))! }
}

test('no feature is above τ: the class keeps its CAM, and the summary says so', async () => {
  const { chain, reference, summary, mapsOf, kept } = await lpcam({ tau: 1 })
  expect(kept.report.classes.map(({ status, fallback }) => [status, fallback])).toEqual([
    ['no-foreground', 'cam'],
    ['no-foreground', 'cam'],
  ])
  expect(summary['fallbacks']).toEqual([
    { class: 'red', fallback: 'cam' },
    { class: 'blue', fallback: 'cam' },
  ])
  const cam = await mapsOf(chain.finished.get('cam')!.reference.artifacts, 1)
  expect([...(await mapsOf(reference.artifacts, 1)).maps]).toEqual([...cam.maps])
})

test('no centre passes μ_f: the likeliest is taken', async () => {
  const { kept } = await lpcam({ muForeground: 1 })
  for (const { fallback, foreground } of kept.report.classes) {
    expect(fallback).toBe('top1')
    const likeliest = Math.max(...foreground.probabilities.map(p => p ?? 0))
    expect(foreground.selected).toEqual(foreground.probabilities.map(p => p! > likeliest - 1e-6))
  }
})

test('no context passes, or there is none: nothing is subtracted', async () => {
  const without = await lpcam({ muBackground: 0, muBackgroundLow: 0 })
  const plain = await lpcam({ mode: 'lpcam-f' })
  const a = await without.mapsOf(without.reference.artifacts, 3)
  const b = await plain.mapsOf(plain.reference.artifacts, 3)
  expect([...a.maps]).toEqual([...b.maps])
})

test('with one class no context can pass: the maps are those of lpcam-f, and the log says why', async () => {
  const toy = await toyDataset()
  const images = toy.images.map(image => ({ ...image, labels: image.labels.filter(label => label === 0) }))
  const single = { ...toy, classes: ['red'], images }
  const { log, kept, chain, reference, mapsOf } = await lpcam({ tau: 0.8 }, single)
  const [red] = kept.report.classes
  expect(red!.context.probabilities.length).toBeGreaterThan(0)
  expect(red!.context.probabilities.every(p => p === 1)).toBe(true)
  expect(red!.context.selected).not.toContain(true)
  expect(log.join('\n')).toMatch(/There is one class.*as with mode lpcam-f/)
  const { reference: plain, log: silent } = await chain.run(findMethod('lpcam'), {}, { tau: 0.8, mode: 'lpcam-f' })
  expect(silent.join('\n')).not.toContain('There is one class')
  expect((await mapsOf(reference.artifacts, 3)).maps).toEqual((await mapsOf(plain.artifacts, 3)).maps)
})

test('a photo without labels has no maps, a class without photos no prototypes, and the rest goes on', async () => {
  const toy = await toyDataset()
  const images = toy.images.map((image, i) => (i === 0 ? { ...image, labels: [] } : image))
  const { mapsOf, reference, kept } = await lpcam({}, { ...toy, classes: ['red', 'blue', 'green'], images })
  expect((await mapsOf(reference.artifacts, 1)).keys).toHaveLength(0)
  expect(kept.report.classes[2]).toMatchObject({ status: 'no-foreground', photos: 0 })
  expect(Math.max(...(await mapsOf(reference.artifacts, 2)).maps)).toBe(1)
})

test('examples are patches of the class, the nearest first, one a photo', async () => {
  const { kept, chain } = await lpcam({})
  const red = chain.dataset.images.filter(({ labels }) => labels[0] === 0).map(({ id }) => id)
  for (const examples of kept.report.classes[0]!.foreground.examples) {
    expect(new Set(examples.map(({ imageId }) => imageId)).size).toBe(examples.length)
    expect(examples.every(({ imageId }) => red.includes(imageId))).toBe(true)
    expect([...examples].sort((a, b) => b.cosine - a.cosine)).toEqual(examples)
  }
})

test('a draw of vectors is even, repeatable and reported', async () => {
  const { kept } = await lpcam({ maxVectorsPerSet: 100, tau: 0.05 })
  const again = await lpcam({ maxVectorsPerSet: 100, tau: 0.05 })
  const sets = kept.report.classes.flatMap(({ foreground, context }) => [foreground, context])
  for (const { vectors, available } of sets) expect(vectors).toBe(Math.min(100, available))
  expect(again.kept).toEqual(kept)
})

test('a class is clustered from as many photos as asked for, none twice, and from all where there are fewer', async () => {
  const whole = await lpcam({})
  const [few, enough] = [await lpcam({ imagesPerClass: 2 }), await lpcam({ imagesPerClass: 4 })]
  const [rows, columns] = [5, 6] // cells of a photo of 96 × 72 pixels at stride 16
  for (const { photos, foreground, context } of few.kept.report.classes) {
    expect(photos).toBe(2)
    expect(foreground.available + context.available).toBeLessThanOrEqual(2 * rows * columns)
    const seen = new Set([...foreground.examples, ...context.examples].flat().map(({ imageId }) => imageId))
    expect(seen.size).toBe(2)
  }
  expect(enough.kept).toEqual(whole.kept)
})
