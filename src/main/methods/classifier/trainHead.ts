import { roundSeconds } from '../../../shared/roundSeconds'
import { hashWeights, writeClassifier } from '../../backbones/classifierCheckpoint'
import { architectureOf } from '../../backbones/catalogue'
import { openFeatures } from '../../backbones/openFeatures'
import { readBackboneWeights } from '../../backbones/readBackboneWeights'
import { currentEngine } from '../../engine/current'
import { bankWeights } from '../../nn/imageBank'
import { fitLinearHead } from '../../nn/linearHead'
import type { MethodContext, StepResult } from '../context'
import { foldsOf, selectRows } from './folds'
import type { ClassifierOptions } from './options'
import { reportPrecision } from './reportPrecision'

/**
 * The trunk stays as published: its features are computed once (and cached for every later step), averaged over each
 * photo, and a linear head without bias is fitted to them to convergence.
 */
export async function trainHead(options: ClassifierOptions, context: MethodContext): Promise<StepResult> {
  const weights = await readBackboneWeights(options.backbone, options.weights)
  const architecture = architectureOf(options.backbone)
  const trunkHash = hashWeights(options.backbone, weights)
  const { longestSide } = options
  const { source, close } = await openFeatures({ architecture, trunkWeights: weights, trunkHash, longestSide }, context)
  const started = performance.now()
  try {
    const { features, targets, count } = await pooledFeatures(source, context)
    const classes = context.dataset.classes.length
    const { channels } = architecture
    const photoWeights = bankWeights(labelsOf(targets, classes), classes, {
      batch: options.batch,
      draws: options.bankDraws,
    })
    const settings = { weightDecay: options.headDecay, photoWeights }
    const fitted = fitLinearHead(features, targets, { photos: count, channels, classes }, settings)
    context.log(`head fitted in ${fitted.losses.length} iterations, loss ${fitted.losses.at(-1)?.toFixed(5)}`)
    fitted.losses.forEach((loss, iteration) => context.metric('loss', loss, iteration))
    await writeClassifier(context.folder, {
      backbone: options.backbone,
      weightsFile: options.weights,
      trunkHash,
      weight: fitted.weight,
      classes: context.dataset.classes,
      longestSide,
    })
    const unseen = await validate({ features, targets, photoWeights }, { count, channels, classes }, options, context)
    return {
      summary: {
        train: 'head',
        photos: count,
        unreadable: source.statistics.unreadable.map(({ image, reason }) => ({ photo: image.stem, reason })),
        loss: fitted.losses.at(-1) ?? null,
        iterations: fitted.losses.length,
        ...unseen,
        seconds: roundSeconds((performance.now() - started) / 1000),
        trunkSeconds: roundSeconds(source.statistics.trunkSeconds),
      },
    }
  } finally {
    close()
  }
}

/** The classes of each photo, from its row of targets. */
function labelsOf(targets: Uint8Array, classes: number): number[][] {
  return Array.from({ length: targets.length / classes }, (_, photo) =>
    Array.from({ length: classes }, (_, c) => c).filter(c => targets[photo * classes + c] === 1),
  )
}

interface Pooled {
  /** `[count, channels]` */
  readonly features: Float32Array
  /** `[count, classes]`, 0 or 1 */
  readonly targets: Uint8Array
  readonly count: number
}

/** The mean over each photo of its features at scale 1, and its labels. */
async function pooledFeatures(
  source: Awaited<ReturnType<typeof openFeatures>>['source'],
  context: MethodContext,
): Promise<Pooled> {
  const { tf } = currentEngine()
  const { images, classes } = context.dataset
  const { channels } = source.trunk.architecture
  const features = new Float32Array(images.length * channels)
  const targets = new Uint8Array(images.length * classes.length)
  let count = 0
  for await (const photo of source.stream(images, { scales: [1], mirrored: false })) {
    await context.checkpoint()
    const mean = tf.tidy(() => source.trunk.top(photo.scales[0]!.features).mean([0, 1, 2]))
    features.set(mean.dataSync(), count * channels)
    mean.dispose()
    for (const label of photo.image.labels) targets[count * classes.length + label] = 1
    context.progress({ done: ++count, total: images.length, unit: 'photos', stage: 'features' })
  }
  return {
    features: features.subarray(0, count * channels),
    targets: targets.subarray(0, count * classes.length),
    count,
  }
}

/** mAP and AP of each class on photos that the head did not see: each fold is scored by a head fitted on the others. */
async function validate(
  { features, targets, photoWeights }: Omit<Pooled, 'count'> & { readonly photoWeights: Float32Array },
  { count, channels, classes }: { count: number; channels: number; classes: number },
  options: ClassifierOptions,
  context: MethodContext,
): Promise<Record<string, unknown>> {
  const parts = Math.min(options.folds, count)
  if (parts < 2) return {}
  const folds = foldsOf(count, parts, context.seed)
  const scores = new Float32Array(count * classes)
  for (let part = 0; part < parts; part++) {
    await context.checkpoint()
    const seen = [...folds.keys()].filter(photo => folds[photo] !== part)
    const { weight } = fitLinearHead(
      selectRows(features, seen, channels),
      selectRows(targets, seen, classes),
      { photos: seen.length, channels, classes },
      { weightDecay: options.headDecay, photoWeights: selectRows(photoWeights, seen, 1) },
    )
    for (const [photo, fold] of folds.entries())
      if (fold === part) scorePhoto(scores, features, weight, { photo, channels, classes })
    context.progress({ done: part + 1, total: parts, unit: 'folds', stage: 'mAP on unseen photos' })
  }
  return reportPrecision('mAP on unseen photos', scores, targets, context)
}

function scorePhoto(
  scores: Float32Array,
  features: Float32Array,
  weight: Float32Array,
  { photo, channels, classes }: { photo: number; channels: number; classes: number },
): void {
  for (let n = 0; n < classes; n++) {
    let sum = 0
    for (let d = 0; d < channels; d++) sum += features[photo * channels + d]! * weight[n * channels + d]!
    scores[photo * classes + n] = sum
  }
}
