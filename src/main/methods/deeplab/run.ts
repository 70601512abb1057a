import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { addConfusion } from '../../../shared/metrics/confusion'
import { scoresFromConfusion } from '../../../shared/metrics/scores'
import { roundSeconds } from '../../../shared/roundSeconds'
import { countOf, percentText } from '../../../shared/text/amounts'
import { someNames } from '../../../shared/text/someNames'
import { blobPath } from '../../artifacts/blobStore'
import { architectureOf } from '../../backbones/catalogue'
import { readBackboneWeights } from '../../backbones/readBackboneWeights'
import { forEachInPool } from '../../pool/forEachInPool'
import type { MethodContext, StepResult } from '../context'
import { crfPresets } from './crf'
import { checkpointFile, readNetwork, writeNetwork } from './checkpoint'
import { chooseLabels, labelsByOptions } from './chooseLabels'
import { type LabelledPhoto, labelledPhotos } from './labelledPhotos'
import { layoutFor, SegmentationNetwork } from './network/segmentationNetwork'
import type { DeeplabOptions } from './options'
import { predictPhotos } from './predict'
import { splitByHash } from './split'
import { forgetTraining, train } from './train'
import { changedSince, readTrainedOn, writeTrainedOn } from './trainedOn'

/** Larger photos are smoothed at this size and their masks brought back: 12 megapixels would take 2 GB a thread. */
const CRF_LONGEST_SIDE = 1024

/** Trains on label maps, then predicts every photo, held-out ones too, without looking at anybody's labels. */
export async function run(options: DeeplabOptions, context: MethodContext): Promise<StepResult> {
  const started = performance.now()
  const { training, heldOut } = splitByHash(context.dataset.images, options.heldOut)
  const network = await buildNetwork(options, context)
  try {
    const trained = await trainOrResume(network, { training, heldOut }, options, context)
    const trainingSeconds = (performance.now() - started) / 1000
    const predicted = await predictAll(network, heldOut, options, context)
    return {
      summary: {
        ...trained,
        heldOut: heldOut.length,
        heldOutPhotos: heldOut.map(({ stem }) => stem),
        ...predicted,
        trainingSeconds: roundSeconds(trainingSeconds),
        seconds: roundSeconds((performance.now() - started) / 1000),
      },
    }
  } finally {
    network.dispose()
  }
}

async function buildNetwork(options: DeeplabOptions, { dataset, seed }: MethodContext): Promise<SegmentationNetwork> {
  const { backbone, weights, start } = options
  const architecture = architectureOf(backbone, layoutFor(options))
  const published = await readBackboneWeights(backbone, weights)
  const network = new SegmentationNetwork(architecture, published, dataset.classes.length + 1, options, seed)
  try {
    if (start !== undefined) await readNetwork(start, network, options, dataset.classes)
  } catch (error) {
    network.dispose()
    throw error
  }
  return network
}

/** Interrupted while it predicted, a step finds its finished network again. */
async function trainOrResume(
  network: SegmentationNetwork,
  { training, heldOut }: { readonly training: readonly DatasetImage[]; readonly heldOut: readonly DatasetImage[] },
  options: DeeplabOptions,
  context: MethodContext,
): Promise<Record<string, unknown>> {
  const { folder, dataset } = context
  const finished = join(folder, checkpointFile)
  if (options.steps === 0) {
    context.log(`nothing is trained: it predicts as ${options.start} does`)
    await writeNetwork(folder, network, options, dataset.classes)
    return { photos: 0 }
  }
  const photos = await photosToLearn(training, options, context)
  if (existsSync(finished)) await readNetwork(finished, network, options, dataset.classes)
  else {
    context.log(`training on ${photos.length} photos, ${heldOut.length} held out`)
    await train(network, { photos, heldOut }, options, context)
    await writeNetwork(folder, network, options, dataset.classes)
  }
  await forgetTraining(folder)
  return {
    photos: photos.length,
    withoutLabels: training.length - photos.length,
    trainedOnCorrections: photos.filter(({ source }) => source === 'correction').length,
    trainedOnTruth: photos.filter(({ source }) => source === 'truth').length,
  }
}

/** Chosen when the training begins; one that goes on keeps to what it began with, whatever was reviewed meanwhile. */
async function photosToLearn(
  training: readonly DatasetImage[],
  options: DeeplabOptions,
  context: MethodContext,
): Promise<readonly LabelledPhoto[]> {
  const begun = await readTrainedOn(training, context)
  if (begun === undefined) {
    const photos = await labelledPhotos(chooseLabels(training, options, context), context)
    await writeTrainedOn(photos, context)
    return photos
  }
  const changed = changedSince(begun, labelsByOptions(training, options, context))
  if (changed.length > 0)
    context.log(`it goes on with the masks it began with; there are others now of ${someNames(changed)}`)
  return begun
}

async function predictAll(
  network: SegmentationNetwork,
  heldOut: readonly DatasetImage[],
  options: DeeplabOptions,
  context: MethodContext,
): Promise<Record<string, unknown>> {
  const { blobFolder, dataset, existing, pool, signal } = context
  const masks = new Map(existing.filter(({ kind }) => kind === 'labels').map(({ imageId, blob }) => [imageId, blob]))
  const pending = dataset.images.filter(({ id }) => !masks.has(id))
  const crf = options.crf === 'none' ? null : { settings: crfPresets[options.crf], longestSide: CRF_LONGEST_SIDE }
  const unreadable = await predictPhotos(network, pending, options, context, async (photo, grid) => {
    const { blob } = await pool.run('probabilityMap', { grid, photo, crf, blobFolder }, signal)
    masks.set(photo.id, blob)
    context.artifact({ imageId: photo.id, kind: 'labels', blob })
    context.progress({ done: masks.size, total: dataset.images.length, unit: 'photos', stage: 'predicting' })
  })
  for (const { photo, reason } of unreadable) context.log(`left out ${photo}: ${reason}`)
  return { unreadable, ...(await heldOutFigures(masks, heldOut, context)) }
}

/** mIoU of the finished network on the photos it has not seen; nothing where none of them has ground truth. */
async function heldOutFigures(
  masks: ReadonlyMap<number, string>,
  heldOut: readonly DatasetImage[],
  context: MethodContext,
): Promise<Record<string, unknown>> {
  const classes = context.dataset.classes.length
  const measured = heldOut.flatMap(({ id, truth }) => {
    const mask = masks.get(id)
    return truth === undefined || mask === undefined ? [] : [{ truth, labels: blobPath(context.blobFolder, mask) }]
  })
  if (measured.length === 0) return {}
  const total = new Float64Array((classes + 1) ** 2)
  await forEachInPool(context, measured, 'measuring held-out photos', async paths => {
    addConfusion(total, (await context.pool.run('confusion', { ...paths, classes }, context.signal)).matrix)
  })
  const { meanIou } = scoresFromConfusion(total)
  context.log(`mIoU on ${countOf(measured.length, 'held-out photo')}: ${percentText(meanIou.value ?? 0)}`)
  return { heldOutMeanIou: meanIou.value, heldOutMeasured: measured.length }
}
