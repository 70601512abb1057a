import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { CachedFeatures } from '../../../artifacts/featureCache'
import { joinPlaces } from '../../../backbones/joinTaps'
import type { StoredTaps, TapFeatures } from '../../../backbones/tapFeatures'
import { currentEngine } from '../../../engine/current'
import type { PlaneSize } from '../../../nn/tensors'
import { learnSfc, lossNames, type LearningOptions } from '../network/learnSfc'
import { PlaceLayout } from '../network/placeLayout'
import type { SfcHead } from '../network/sfcHead'
import type { ScaleInput } from '../network/sfcMaps'
import type { FrozenSample } from './frozenSamples'

export interface FrozenLearned {
  /** By `lossNames`, means over the step's samples. */
  readonly losses: Float64Array
  /** What the classifier says of each sample, `[classes]`, in their order. */
  readonly scores: readonly Float32Array[]
}

/** How much longer than the shortest list of places of a batch the longest may be: what is padded costs time. */
const longestToShortest = 1.25
/** Pairs of places in a batch, which is what an affinity has: 4 MB an array, some ten photos at 320 pixels. */
const mostPairs = 1e6

/**
 * One step forward and back through the head alone; adds its gradient. Photos of about as many places are learnt as one
 * batch, whatever their grids; the step is the mean of what its photos give one by one.
 */
export function learnFrozen(
  head: SfcHead,
  source: Pick<TapFeatures, 'upload'>,
  samples: readonly FrozenSample[],
  options: LearningOptions,
): FrozenLearned {
  const { tf } = currentEngine()
  const { classes } = head.shape
  const total = samples.reduce((sum, { times }) => sum + times, 0)
  const losses = new Float64Array(lossNames.length)
  const scores = new Map<FrozenSample, Float32Array>()
  for (const batch of batchesOf(samples)) {
    const hear = (said: Float32Array) =>
      batch.forEach((sample, i) => scores.set(sample, said.slice(i * classes, (i + 1) * classes)))
    const learned = tf.tidy(() => {
      const targets = tf.tensor2d(batch.map(({ labels }) => presentClasses(labels, classes)))
      const inputs = batch[0]!.scales.map((_, scale) =>
        scaleInput(
          source,
          batch.map(({ scales }) => scales[scale]!),
          targets,
        ),
      )
      const shares = batch.map(({ times }) => times / total)
      return learnSfc(head, inputs, targets, options, shares, hear).losses
    })
    ;(learned.dataSync() as Float32Array).forEach((value, i) => (losses[i]! += value))
    learned.dispose()
  }
  return { losses, scores: samples.map(sample => scores.get(sample)!) }
}

/** 1 for every class that is labelled, else 0. */
export function presentClasses(labels: readonly number[], classes: number): number[] {
  return Array.from({ length: classes }, (_, c) => (labels.includes(c) ? 1 : 0))
}

/** Samples that are learnt together, those with the fewest places first. */
function batchesOf(samples: readonly FrozenSample[]): readonly (readonly FrozenSample[])[] {
  const batches: FrozenSample[][] = []
  for (const sample of samples.toSorted((a, b) => placesOf(a) - placesOf(b))) {
    const batch = batches.at(-1)
    const places = placesOf(sample)
    const fits =
      batch !== undefined &&
      places <= longestToShortest * placesOf(batch[0]!) &&
      (batch.length + 1) * places ** 2 <= mostPairs
    if (fits) batch.push(sample)
    else batches.push([sample])
  }
  return batches
}

function placesOf({ scales }: FrozenSample): number {
  const [, height, width] = scales[0]!.taps.at(-1)!.shape
  return height * width
}

/** What the head reads of photos at one scale; in the caller's tidy. */
function scaleInput(source: Pick<TapFeatures, 'upload'>, stored: readonly StoredTaps[], targets: Tensor): ScaleInput {
  const { tf } = currentEngine()
  const { taps, colours } = source.upload(joinPlaces(stored))
  const depths = taps.map((tap, depth) => ({
    rows: tap.squeeze<Tensor2D>([0, 1]),
    planes: stored.map(({ taps }) => planeOfStored(taps[depth]!)),
  }))
  const { rows, planes } = depths.at(-1)!
  const layout = new PlaceLayout(planes)
  const labels = tf.concat([tf.ones([stored.length, 1]), targets], 1).expandDims(1) // [b, 1, k]
  return {
    layout,
    depths,
    colours: colours?.squeeze([0, 1]) ?? tf.zeros([rows.shape[0], 3]),
    mask: layout.inside().mul(labels),
  }
}

function planeOfStored({ shape: [, height, width] }: CachedFeatures): PlaneSize {
  return { height, width }
}
