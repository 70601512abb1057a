import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { softMargin } from '../../../nn/losses/multilabelSoftMargin'
import type { Parameter } from '../../../nn/parameter'
import { alignedResize } from './bilinearPlaces'
import { type Consistency, type ConsistencyNorm, prototypeConsistency, scaleConsistency } from './consistency'
import type { SfcHead } from './sfcHead'
import {
  type HeadGradients,
  type MapGradients,
  type MapOptions,
  type ScaleInput,
  type SfcMaps,
  sfcMaps,
} from './sfcMaps'

export interface LearningOptions extends MapOptions {
  /** λ of L_P; 0: no prototype loss. */
  readonly prototypeLoss: number
  /** λ of L_W; 0: no scale loss. */
  readonly scaleLoss: number
  readonly consistencyNorm: ConsistencyNorm
  /** L_P moves the side convolutions alone: the classifier's map is what it is. */
  readonly detachMaps: boolean
  /** DC of each class. */
  readonly coefficients: readonly number[]
  /** Whether the deepest features' gradient is wanted. */
  readonly trainsBackbone: boolean
}

/** The losses of one step, in the order they are reported. */
export const lossNames = ['classification', 'prototype consistency', 'scale consistency'] as const

export interface Learned {
  /** `[3]`, the losses by `lossNames`, multiplied by their factors and summed over the photos by their shares. */
  readonly losses: Tensor
  /** Gradient of the deepest features `[n, d]` at each scale, where the backbone is trained; else empty. */
  readonly deepest: readonly Tensor[]
}

/**
 * Forward pass, losses and backward pass of SFC's head (its train_resnet50_SFC.py): adds the gradient to that of the
 * head's trained weights.
 *
 * L = Σ over photos of share · (mean over scales of L_cls + λ_P |M − Q| + λ_W |M − M of half the size|); a gradient reaches
 * both sides of either difference, but no feature through Q. A photo's part is the same whatever photos it is learnt with.
 *
 * @param scales  the photos, and where there is a scale loss or a second classification, the same at half their size
 * @param targets `[b, classes]`, 0 or 1
 * @param shares  what each photo counts: 1 / b for the mean of a batch
 * @param hear    is given `[b, classes]`, what the classifier says of the photos at the first scale
 * @returns tensors of the caller's tidy, or for it to dispose
 */
export function learnSfc(
  head: SfcHead,
  scales: readonly ScaleInput[],
  targets: Tensor,
  options: LearningOptions,
  shares: readonly number[],
  hear?: (scores: Float32Array) => void,
): Learned {
  const { tf } = currentEngine()
  const [losses, ...deepest] = tf.tidy(() => {
    const maps = scales.map(scale => sfcMaps(head, scale, options))
    hear?.(maps[0]!.scores.dataSync() as Float32Array)
    const { losses, gradients } = lossesOf(
      head,
      maps,
      { targets, shares: tf.tensor2d([...shares], [shares.length, 1]) },
      options,
    )
    const reached = maps.flatMap((scale, i) => {
      const back = scale.gradient(gradients[i]!, options.trainsBackbone)
      accumulate(head, back)
      return back.deepest ?? []
    })
    return [losses, ...reached]
  })
  return { losses: losses!, deepest }
}

interface LearningPhotos {
  /** `[b, classes]` */
  readonly targets: Tensor
  /** `[b, 1]` */
  readonly shares: Tensor
}

/** The three losses, and their gradients by the maps of each scale. */
function lossesOf(
  head: SfcHead,
  maps: readonly SfcMaps[],
  photos: LearningPhotos,
  options: LearningOptions,
): { readonly losses: Tensor; readonly gradients: readonly MapGradients[] } {
  const { tf } = currentEngine()
  const { targets, shares } = photos
  const classified = maps.map(({ scores }) => softMargin(scores, targets))
  const each = shares.div(targets.shape[1]! * maps.length) // [b, 1]
  const scoresAt = (i: number) => (head.classifier.trainable ? classified[i]!.slopes.mul(each) : undefined)
  const { prototype, scale } = consistencyOf(maps, photos, options)
  const refinedBy = [...(prototype && !options.detachMaps ? [prototype.first] : []), ...(scale ? [scale.first] : [])]
  const gradients: MapGradients[] = [
    {
      scores: scoresAt(0),
      refined: refinedBy.length === 0 ? undefined : tf.addN(refinedBy),
      prototypes: prototype?.second,
    },
    ...(maps.length === 1 ? [] : [{ scores: scoresAt(1), refined: scale?.second }]),
  ]
  const zero = tf.scalar(0)
  const sum = tf.addN(classified.map(({ terms }) => terms))
  return { losses: tf.stack([sum.mul(each).sum(), prototype?.value ?? zero, scale?.value ?? zero]), gradients }
}

/** L_P and L_W, undefined where they do not count. */
function consistencyOf(
  [large, small]: readonly SfcMaps[],
  { targets, shares }: LearningPhotos,
  { consistencyNorm: norm, prototypeLoss, scaleLoss, coefficients }: LearningOptions,
): { readonly prototype: Consistency | undefined; readonly scale: Consistency | undefined } {
  const { tf } = currentEngine()
  const batch = targets.shape[0]!
  const labels = tf.concat([tf.ones([batch, 1]), targets], 1).expandDims(1) // [b, 1, k]
  const weights = (background: number) => tf.tensor1d([background, ...coefficients])
  const strength = (factor: number, { layout }: SfcMaps) => {
    const placeShares = shares.div(tf.tensor2d([...layout.counts], [batch, 1])).expandDims(2)
    return { factor, norm, placeShares }
  }
  const prototype = () => {
    const compared = { maps: large!.refined, prototypes: large!.prototypes(), labels }
    return prototypeConsistency(compared, weights(1), strength(prototypeLoss, large!))
  }
  const scale = (small: SfcMaps) => {
    const compared = { large: large!.refined, small: small.refined, labels }
    const shrink = alignedResize(large!.layout, small.layout)
    return scaleConsistency(compared, shrink, weights(0), strength(scaleLoss, small))
  }
  return {
    prototype: prototypeLoss > 0 ? prototype() : undefined,
    scale: scaleLoss > 0 && small !== undefined ? scale(small) : undefined,
  }
}

/** Adds gradients to the weights that are trained. */
function accumulate(head: SfcHead, { classifier, affinity, sides }: HeadGradients): void {
  const add = (parameter: Parameter | null | undefined, gradient: Tensor | undefined) => {
    if (parameter?.trainable && gradient !== undefined) parameter.accumulate(gradient)
  }
  add(head.classifier, classifier)
  add(head.affinity, affinity)
  sides?.forEach((gradient, i) => add(head.sides[i], gradient))
}
