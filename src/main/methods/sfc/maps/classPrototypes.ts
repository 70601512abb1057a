import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../../../shared/contract/dataset'
import { currentEngine } from '../../../engine/current'
import type { TapFeatures } from '../../../backbones/tapFeatures'
import { prefetch } from '../../../nn/prefetch'
import type { MethodContext } from '../../context'
import { cosineUnit, hardSeeds } from '../network/prototypeMaps'
import type { SfcMapsOptions } from './options'
import { type MapSource, type PhotoPlaces, photoPlaces } from './photoPlaces'

/** Directions of every class and of the background in its photos, each `[classes, d]`, length 1 or 0. */
export interface ClassPrototypes {
  readonly classes: Tensor
  readonly backgrounds: Tensor
}

/**
 * One prototype a class: the mean direction of all places that it wins in its photos, and of all that the background
 * wins there. Photos at scale 1 as they stand; the caller disposes both.
 */
export async function classPrototypes(
  source: TapFeatures,
  maps: MapSource,
  options: SfcMapsOptions,
  context: MethodContext,
): Promise<ClassPrototypes> {
  const { tf } = currentEngine()
  const { images, classes } = context.dataset
  const labelled = images.filter(({ labels }) => labels.length > 0)
  const range = { from: 0, to: labelled.length, ahead: context.pool.threads + 2 }
  const read = (index: number) => source.read(labelled[index]!, [{ scale: 1, copies: 'straight' }])
  let sums: Tensor | undefined
  let done = 0
  try {
    for await (const stored of prefetch(read, range)) {
      await context.checkpoint()
      const image = labelled[done++]!
      context.progress({ done, total: labelled.length, unit: 'photos', stage: 'prototypes of all photos' })
      if (stored === undefined) continue // listed among the unreadable
      const before = sums
      sums = tf.tidy(() => {
        const places = photoPlaces(source.upload(stored[0]!), image.labels, maps, options)
        const part = classSums(places, image, maps)
        return before === undefined ? part : before.add(part)
      })
      before?.dispose()
    }
    return directions(sums, classes, context)
  } finally {
    sums?.dispose()
  }
}

/** Sums of unit features over the places of each class, then over the background's for each labelled class: `[2, c, d]`. */
function classSums(
  { refined, features, mask }: PhotoPlaces,
  { labels }: DatasetImage,
  { backgroundFactor }: MapSource,
): Tensor {
  const { tf } = currentEngine()
  const seeds = hardSeeds(refined, mask, backgroundFactor)
  const sums = tf.matMul(seeds, cosineUnit(features).value, true, false).squeeze([0]) // [k, d]
  const count = sums.shape[0]! - 1
  const present = tf.tensor2d(
    Array.from({ length: count }, (_, c) => (labels.includes(c) ? 1 : 0)),
    [count, 1],
  )
  return tf.stack([sums.slice([1, 0]), present.mul(sums.slice([0, 0], [1, -1]))])
}

function directions(
  sums: Tensor | undefined,
  classes: readonly string[],
  { log }: Pick<MethodContext, 'log'>,
): ClassPrototypes {
  const { tf } = currentEngine()
  if (sums === undefined) return { classes: tf.zeros([classes.length, 1]), backgrounds: tf.zeros([classes.length, 1]) }
  const [own, backgrounds] = tf.tidy(() => {
    const both = cosineUnit(sums).value
    return [both.slice([0], [1]).squeeze([0]), both.slice([1], [1]).squeeze([0])]
  }) as [Tensor, Tensor]
  const lengths = tf.tidy(() => own.abs().sum(1)).dataSync()
  const empty = classes.filter((_, c) => lengths[c] === 0)
  if (empty.length > 0) log(`no place of any photo went to ${empty.join(', ')}: the maps of these classes are empty`)
  return { classes: own, backgrounds }
}

/**
 * relu(cos to the class's prototype − cos to its background's) of the labelled classes, in the caller's tidy.
 * @returns `[h, w, n]`, in [0, 2]
 */
export function classDifference(
  { plane, features }: PhotoPlaces,
  { classes, backgrounds }: ClassPrototypes,
  keys: Int32Array,
): Tensor {
  const { tf } = currentEngine()
  const wanted = tf.tensor1d(keys, 'int32')
  const directions = cosineUnit(features).value.squeeze([0]) // [p, d]
  const likeness = (prototypes: Tensor) => tf.matMul(directions, tf.gather(prototypes, wanted), false, true)
  const difference = tf.relu(likeness(classes).sub(likeness(backgrounds)))
  return difference.reshape([plane.height, plane.width, keys.length])
}
