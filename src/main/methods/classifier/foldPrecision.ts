import { fitLinearHead } from '../../nn/linearHead'
import { reportPrecision } from '../../nn/reportPrecision'
import type { MethodContext } from '../context'
import { foldsOf, selectRows } from './folds'
import type { ClassifierOptions } from './options'

/** What a linear head is fitted to. */
export interface HeadData {
  /** `[count, channels]` */
  readonly features: Float32Array
  /** `[count, classes]`, 0 or 1 */
  readonly targets: Uint8Array
  /** `[count]` */
  readonly photoWeights: Float32Array
  readonly count: number
  readonly channels: number
}

/**
 * mAP and AP of each class on photos that the head did not see: each fold is scored by a head fitted on the others.
 * @returns what stands in the step's summary; nothing where there are no two folds
 */
export async function foldPrecision(
  { features, targets, photoWeights, count, channels }: HeadData,
  options: Pick<ClassifierOptions, 'folds' | 'headDecay'>,
  context: Pick<MethodContext, 'dataset' | 'seed' | 'metric' | 'checkpoint' | 'progress'>,
): Promise<Record<string, unknown>> {
  const classes = context.dataset.classes.length
  const parts = Math.min(options.folds, count)
  if (parts < 2) return {}
  const folds = foldsOf(count, parts, context.seed)
  const scores = new Float32Array(count * classes)
  for (let part = 0; part < parts; part++) {
    const seen = [...folds.keys()].filter(photo => folds[photo] !== part)
    const { weight } = await fitLinearHead(
      selectRows(features, seen, channels),
      selectRows(targets, seen, classes),
      { photos: seen.length, channels, classes },
      {
        weightDecay: options.headDecay,
        photoWeights: selectRows(photoWeights, seen, 1),
        onIteration: () => context.checkpoint(),
      },
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
