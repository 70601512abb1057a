import { roundSeconds } from '../../../shared/roundSeconds'
import type { Tensor } from '@tensorflow/tfjs'
import type { ScoreMaps } from '../../../shared/tensors/scoreMaps'
import { NanTally } from '../../artifacts/nanTally'
import { writeScoreMaps } from '../../artifacts/scoreMaps'
import { headWeight, readClassifier } from '../../backbones/classifierCheckpoint'
import type { FeatureSource, PhotoFeatures } from '../../backbones/featureSource'
import { openFeatures } from '../../backbones/openFeatures'
import { currentEngine } from '../../engine/current'
import {
  nearestFloorIndices,
  normalisePlanes,
  quarterSize,
  readPlanes,
  sumAtInput,
  sumAtQuarter,
} from '../../nn/multiScale'
import { recountNan } from '../../pool/recount'
import type { MethodContext, StepResult } from '../context'
import { classActivation } from './activation'
import type { CamOptions } from './options'

/** Makes one score map file a photo: the maps of its labelled classes. Photos already done are not done again. */
export async function run(options: CamOptions, context: MethodContext): Promise<StepResult> {
  const classifier = await readClassifier(context.inputs.classifier!.folder)
  const { source, close } = await openFeatures(classifier, context)
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const pending = context.dataset.images.filter(({ id }) => !done.has(id))
  const total = context.dataset.images.length
  const weight = headWeight(classifier)
  const started = performance.now()
  let count = total - pending.length
  const nans = new NanTally()
  try {
    await recountNan(nans, context)
    for await (const photo of source.stream(pending, options)) {
      await context.checkpoint()
      const { blob, nan } = await writeScoreMaps(context.blobFolder, camOf(photo, source, weight, options))
      nans.add(photo.image.stem, nan)
      context.artifact({ imageId: photo.image.id, kind: 'scores', blob })
      context.progress({ done: ++count, total, unit: 'photos', stage: 'class activation maps' })
    }
  } finally {
    weight.dispose()
    close()
  }
  return {
    summary: {
      photos: count,
      ...nans.report(context.log),
      unreadable: source.statistics.unreadable.map(({ image, reason }) => ({ photo: image.stem, reason })),
      seconds: roundSeconds((performance.now() - started) / 1000),
      trunkSeconds: roundSeconds(source.statistics.trunkSeconds),
      computed: source.statistics.computed,
      fromCache: source.statistics.fromCache,
      cacheFull: source.cache.full,
    },
  }
}

/** Sums over scales, then each class divided by its maximum plus epsilon (jiwoon-ahn/irn step/make_cam.py). */
function camOf(photo: PhotoFeatures, source: FeatureSource, weight: Tensor, options: CamOptions): ScoreMaps {
  const { tf } = currentEngine()
  const { image, input } = photo
  const { width, height } = quarterSize(input)
  const keys = Int32Array.from(image.labels)
  const base = { keys, width, height, photoWidth: image.width, photoHeight: image.height }
  if (keys.length === 0) return { ...base, maps: new Float32Array(0) }
  const activations = tf.tidy(() => {
    const wanted = tf.gather(weight, tf.tensor1d(keys, 'int32'), 1)
    return photo.scales.map(({ features }) => classActivation(source.trunk.top(features), wanted))
  })
  const maps = readPlanes(keys.length, () => sumAtQuarter(activations, input))
  normalisePlanes(maps, keys.length, options.epsilon)
  const grid = gridOf(activations, source, photo, options.epsilon)
  for (const activation of activations) activation.dispose()
  return { ...base, maps, grid }
}

/**
 * The normalised map at the input's full resolution, sampled at the corner of each feature cell: what LPCAM splits
 * features with (zhaozhengChen/LPCAM, nearest-floor resize of the high-resolution CAM to the feature grid).
 */
function gridOf(activations: readonly Tensor[], source: FeatureSource, { input }: PhotoFeatures, epsilon: number) {
  const { tf } = currentEngine()
  const { stride } = source.trunk.architecture
  const width = Math.ceil(input.width / stride)
  const height = Math.ceil(input.height / stride)
  const values = readPlanes(activations[0]!.shape[2]!, () => {
    const full = sumAtInput(activations, input)
    const normalised = full.div(full.max([0, 1], true).add(epsilon))
    const rows = tf.gather(normalised, tf.tensor1d(nearestFloorIndices(input.height, height), 'int32'), 0)
    return tf.gather(rows, tf.tensor1d(nearestFloorIndices(input.width, width), 'int32'), 1)
  })
  return { width, height, values }
}
