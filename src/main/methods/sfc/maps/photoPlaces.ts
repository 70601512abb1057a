import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import type { UploadedTaps } from '../../../backbones/tapFeatures'
import { planeOf, type PlaneSize } from '../../../nn/tensors'
import { refineByAffinity } from '../network/affinity'
import { normalisedCam } from '../network/normalisedCam'
import { rowsOf } from '../network/placeLayout'
import type { SfcHead } from '../network/sfcHead'
import { sideFeatures } from '../network/sideFeatures'
import type { SfcMapsOptions } from './options'

/** What makes the maps: SFC's head, or of a plain classifier its weight alone. */
export interface MapSource {
  /** `[d, classes]` */
  readonly classifier: Tensor
  /** Null for a classifier that SFC did not train. */
  readonly head: SfcHead | null
  readonly affinityHops: number
  /** The background's map is multiplied by this before places are given to the largest map. */
  readonly backgroundFactor: number
}

/** One photo at one scale as the maps are made of it. */
export interface PhotoPlaces {
  readonly plane: PlaneSize
  /** M, the classifier's map, `[1, p, k]`, background first. */
  readonly refined: Tensor
  /** H, what prototypes are made of, `[1, p, d]`. */
  readonly features: Tensor
  /** 1 for the background and the labelled classes, `[1, 1, k]`. */
  readonly mask: Tensor
}

/**
 * The classifier's map of one photo at one scale, and the features behind its prototypes (SFC code
 * network/resnet50_SFC.py `CAM`): raw maps and features of photo and mirror image are added before anything is
 * normalised. Within the caller's tidy.
 *
 * @param uploaded features `[copies, h_i, w_i, d_i]`, the mirror image second
 * @param labels   class indices of the photo
 */
export function photoPlaces(
  uploaded: UploadedTaps,
  labels: readonly number[],
  { classifier, head, affinityHops }: MapSource,
  options: Pick<SfcMapsOptions, 'features' | 'absentClasses'>,
): PhotoPlaces {
  const { tf } = currentEngine()
  const wide = uploaded.taps.at(-1)!
  const plane = planeOf(wide)
  const [copies, , , channels] = wide.shape as [number, number, number, number]
  const places = plane.height * plane.width
  const classes = classifier.shape[1]!
  const asGrid = (rows: Tensor, depth: number) => unmirrored(rows.reshape([copies, plane.height, plane.width, depth]))
  const deepest = unmirrored(wide) // [1, h, w, d]
  const logits = asGrid(tf.matMul(wide.reshape([copies * places, channels]), classifier), classes)
  const mask = tf.tensor3d(
    [1, ...Array.from({ length: classes }, (_, c) => (labels.includes(c) ? 1 : 0))],
    [1, 1, classes + 1],
  )
  const before = options.absentClasses === 'masked' ? mask : tf.onesLike(mask)
  const cam = normalisedCam(logits.reshape([1, places, classes]), before).value
  const refined =
    affinityHops > 0 ? refineByAffinity(cam, affinityFeatures(head!, uploaded, deepest), affinityHops).value : cam
  const features =
    options.features === 'trunk'
      ? deepest.reshape([1, places, channels])
      : sideGrid(head!, uploaded, plane, copies).reshape([1, places, -1])
  return { plane, refined, features, mask }
}

/** f9 of the colours and the deepest features, photo and mirror image added: `[1, p, width]`. */
function affinityFeatures({ affinity }: SfcHead, { colours }: UploadedTaps, deepest: Tensor): Tensor {
  const { tf } = currentEngine()
  const [, , inputs, width] = affinity!.shape as [number, number, number, number]
  const rows = tf.concat([unmirrored(colours!), deepest], 3).reshape([-1, inputs])
  return tf.matMul(rows as Tensor, affinity!.value.reshape([inputs, width])).expandDims(0)
}

/** H, photo and mirror image added: `[1, h, w, Σ s]`. */
function sideGrid({ sides }: SfcHead, { taps }: UploadedTaps, plane: PlaneSize, copies: number): Tensor {
  const weights = sides.map(({ value }) => value)
  const depths = taps.map(rowsOf)
  const { value } = sideFeatures(depths, weights, depths.at(-1)!.planes)
  return unmirrored(value.reshape([copies, plane.height, plane.width, value.shape[1]!]))
}

/** The photo's plane plus the mirror image's, mirrored back: `[1, h, w, c]`. */
function unmirrored(x: Tensor): Tensor {
  const { tf } = currentEngine()
  if (x.shape[0] === 1) return x
  const [straight, mirror] = tf.split(x, 2, 0) as [Tensor, Tensor]
  return straight.add(mirror.reverse(2))
}
