import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import type { PlaneSize } from '../../../nn/tensors'
import { planeOf } from '../../../nn/tensors'
import { refineByAffinity } from './affinity'
import { normalisedCam } from './normalisedCam'
import { prototypeMaps } from './prototypeMaps'
import type { SfcHead } from './sfcHead'
import { sideFeatures } from './sideFeatures'

/** Photos at one scale as the head sees them. All live in the caller's tidy and are not consumed. */
export interface ScaleInput {
  /** `[b, h, w, 3]`, the normalised photos brought to the deepest grid; only the affinity reads them. */
  readonly colours: Tensor
  /** Features at every depth `[b, h_i, w_i, d_i]`, the deepest on the grid `h × w`. */
  readonly taps: readonly Tensor[]
  /** `[b, p, k]`: 1 where there is photo and the class is labelled; the background has no label. */
  readonly mask: Tensor
}

export interface MapOptions {
  /** How often the classifier's map is spread along the affinity; 0: not at all. */
  readonly affinityHops: number
  readonly backgroundFactor: number
}

/** What losses ask of the maps: gradients of those that count, undefined for the others. */
export interface MapGradients {
  /** `[b, classes]` */
  readonly scores?: Tensor | undefined
  /** `[b, p, k]` */
  readonly refined?: Tensor | undefined
  /** `[b, p, k]` */
  readonly prototypes?: Tensor | undefined
}

/** Gradients of the head's weights, in their shapes, and of the deepest features; absent: nothing reached them. */
export interface HeadGradients {
  readonly classifier?: Tensor
  readonly affinity?: Tensor
  readonly sides?: readonly Tensor[]
  /** `[b, h, w, d]` */
  readonly deepest?: Tensor
}

/** The two maps of photos at one scale, and the way back. */
export interface SfcMaps {
  readonly plane: PlaneSize
  /** Mean of the classifier's raw map, `[b, classes]`. */
  readonly scores: Tensor
  /** M, the classifier's normalised map after the affinity, `[b, p, k]`, background first. */
  readonly refined: Tensor
  /** Q, the prototypes' map, `[b, p, k]`. */
  readonly prototypes: Tensor
  /** @param wantDeepest whether the deepest features' gradient is asked for: a frozen backbone has no use for it */
  readonly gradient: (of: MapGradients, wantDeepest: boolean) => HeadGradients
}

/** SFC's forward pass behind the backbone (specification A2), within the caller's tidy. */
export function sfcMaps(head: SfcHead, input: ScaleInput, options: MapOptions): SfcMaps {
  const { tf } = currentEngine()
  const deepest = input.taps.at(-1)!
  const plane = planeOf(deepest)
  const [batch, , , channels] = deepest.shape as [number, number, number, number]
  const places = plane.height * plane.width
  const { classes } = head.shape
  const rows = deepest.reshape([batch * places, channels])
  const logits = tf.matMul(rows, head.classifierMatrix()).reshape([batch, places, classes])
  const cam = normalisedCam(logits, input.mask)
  const affinity = affinityOf(head, input, options, cam.value)
  const sides = sideFeatures(
    input.taps,
    head.sides.map(({ value }) => value),
    plane,
  )
  const prototypes = prototypeMaps(affinity.value, sides.value, input.mask, options.backgroundFactor)
  const gradient = (of: MapGradients, wantDeepest: boolean): HeadGradients => {
    const back = of.refined === undefined ? undefined : affinity.gradient(of.refined, wantDeepest)
    const parts = [
      ...(of.scores === undefined ? [] : [of.scores.div(places).expandDims(1).tile([1, places, 1])]),
      ...(back === undefined ? [] : [cam.gradient(back.maps)]),
    ]
    const dRows = parts.length === 0 ? undefined : tf.addN(parts).reshape([batch * places, classes])
    const dDeepest = dRows && wantDeepest ? tf.matMul(dRows, head.classifierMatrix(), false, true) : undefined
    const deep = [dDeepest, back?.deepest].filter(part => part !== undefined)
    return {
      ...(dRows === undefined ? {} : { classifier: weightGradient(rows, dRows) }),
      ...(back?.weight === undefined ? {} : { affinity: back.weight }),
      ...(of.prototypes === undefined ? {} : { sides: sides.gradient(prototypes.gradient(of.prototypes)) }),
      ...(deep.length === 0 ? {} : { deepest: tf.addN(deep).reshape(deepest.shape) }),
    }
  }
  return { plane, scores: logits.mean(1), refined: affinity.value, prototypes: prototypes.value, gradient }
}

interface AffinityBack {
  readonly maps: Tensor
  readonly weight?: Tensor
  /** `[b · p, d]` */
  readonly deepest?: Tensor
}

/** The map spread along f9 of colours and deepest features; as it is where there is no affinity. */
function affinityOf(
  { affinity }: SfcHead,
  { colours, taps }: ScaleInput,
  { affinityHops }: MapOptions,
  maps: Tensor,
): { readonly value: Tensor; readonly gradient: (dValue: Tensor, wantDeepest: boolean) => AffinityBack } {
  if (affinity === null || affinityHops === 0) return { value: maps, gradient: dValue => ({ maps: dValue }) }
  const { tf } = currentEngine()
  const [batch, places] = maps.shape as [number, number, number]
  const [, , inputs, width] = affinity.shape as [number, number, number, number]
  const rows = tf.concat([colours, taps.at(-1)!], 3).reshape([batch * places, inputs])
  const matrix = affinity.value.reshape([inputs, width])
  const features = tf.matMul(rows, matrix).reshape([batch, places, width])
  const refined = refineByAffinity(maps, features, affinityHops)
  const gradient = (dValue: Tensor, wantDeepest: boolean): AffinityBack => {
    const back = refined.gradient(dValue)
    const dFeatures = back.features.reshape([batch * places, width])
    const own = { maps: back.maps, weight: weightGradient(rows, dFeatures) }
    if (!wantDeepest) return own
    const deepRows = matrix.slice([3, 0], [inputs - 3, width]) // those of the colours lead nowhere
    return { ...own, deepest: tf.matMul(dFeatures, deepRows, false, true) }
  }
  return { value: refined.value, gradient }
}

/** `[n, in]ᵀ · [n, out]` in the shape of a 1×1 convolution's weight. */
function weightGradient(rows: Tensor, dRows: Tensor): Tensor {
  const { tf } = currentEngine()
  return tf.matMul(rows, dRows, true, false).reshape([1, 1, rows.shape[1]!, dRows.shape[1]!])
}
