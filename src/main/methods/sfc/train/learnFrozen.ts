import type { Tensor } from '@tensorflow/tfjs'
import { joinTaps } from '../../../backbones/joinTaps'
import type { StoredTaps, TapFeatures } from '../../../backbones/tapFeatures'
import { currentEngine } from '../../../engine/current'
import { learnSfc, lossNames, type LearningOptions } from '../network/learnSfc'
import type { SfcHead } from '../network/sfcHead'
import type { ScaleInput } from '../network/sfcMaps'
import type { FrozenSample } from './frozenSamples'

export interface FrozenLearned {
  /** By `lossNames`, means over the step's samples. */
  readonly losses: Float64Array
  /** What the classifier says of each sample, `[classes]`, in their order. */
  readonly scores: readonly Float32Array[]
}

/**
 * One step forward and back through the head alone; adds its gradient. Photos of one grid are learnt as one batch: nothing
 * is padded, maps are made as they will be when they count, and the step is the mean of what its photos give one by one.
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
  for (const group of groupsOfOneGrid(samples)) {
    const hear = (said: Float32Array) =>
      group.forEach((sample, i) => scores.set(sample, said.slice(i * classes, (i + 1) * classes)))
    const learned = tf.tidy(() => {
      const targets = tf.tensor2d(group.map(({ labels }) => presentClasses(labels, classes)))
      const inputs = group[0]!.scales.map((_, scale) =>
        scaleInput(source, joinTaps(group.map(({ scales }) => scales[scale]!)), targets),
      )
      const shares = group.map(({ times }) => times / total)
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

/** Samples whose features have the same shapes at every depth and scale. */
function groupsOfOneGrid(samples: readonly FrozenSample[]): readonly (readonly FrozenSample[])[] {
  const shapes = ({ taps }: StoredTaps) => taps.map(({ shape }) => shape.join('×'))
  const groups = new Map<string, FrozenSample[]>()
  for (const sample of samples) {
    const key = sample.scales.flatMap(shapes).join()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [sample])
    else group.push(sample)
  }
  return [...groups.values()]
}

/** What the head reads of photos of one grid; in the caller's tidy. */
function scaleInput(source: Pick<TapFeatures, 'upload'>, stored: StoredTaps, targets: Tensor): ScaleInput {
  const { tf } = currentEngine()
  const { taps, colours } = source.upload(stored)
  const [photos, height, width] = taps.at(-1)!.shape as [number, number, number, number]
  const labels = tf.concat([tf.ones([photos, 1]), targets], 1).expandDims(1) // [b, 1, k]
  const mask = labels.tile([1, height * width, 1])
  return { taps, colours: colours ?? tf.zeros([photos, height, width, 3]), mask }
}
