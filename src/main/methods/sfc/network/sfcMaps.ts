import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { refineByAffinity } from './affinity'
import { normalisedCam } from './normalisedCam'
import type { PlaceLayout, PlaceRows } from './placeLayout'
import { prototypeMaps } from './prototypeMaps'
import type { SfcHead } from './sfcHead'
import { sideFeatures } from './sideFeatures'
import { weightGradient } from './weightGradient'

/**
 * Photos at one scale as the head sees them, n places in all on grids that may differ. All live in the caller's tidy and
 * are not consumed.
 */
export interface ScaleInput {
  readonly layout: PlaceLayout
  /** `[n, 3]`, the normalised photos brought to the deepest grids; only the affinity reads them. */
  readonly colours: Tensor
  /** Features at every depth, the deepest on the grids. */
  readonly depths: readonly PlaceRows[]
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
  /** `[n, d]` */
  readonly deepest?: Tensor
}

/** The two maps of photos at one scale, and the way back. */
export interface SfcMaps {
  readonly layout: PlaceLayout
  /** Mean of the classifier's raw map, `[b, classes]`. */
  readonly scores: Tensor
  /** M, the classifier's normalised map after the affinity, `[b, p, k]`, background first. */
  readonly refined: Tensor
  /** Q, the prototypes' map, `[b, p, k]`; made when it is first asked for: no loss looks at that of half the size. */
  readonly prototypes: () => Tensor
  /** @param wantDeepest whether the deepest features' gradient is asked for: a frozen backbone has no use for it */
  readonly gradient: (of: MapGradients, wantDeepest: boolean) => HeadGradients
}

/** SFC's forward pass behind the backbone (SFC code network/resnet50_SFC.py), within the caller's tidy. */
export function sfcMaps(head: SfcHead, input: ScaleInput, options: MapOptions): SfcMaps {
  const { tf } = currentEngine()
  const { layout, depths, mask } = input
  const { rows } = depths.at(-1)!
  const logits = layout.padded(tf.matMul(rows, head.classifierMatrix())) // [b, p, classes]
  const counts = tf.tensor2d([...layout.counts], [layout.counts.length, 1])
  const cam = normalisedCam(logits, mask)
  const affinity = affinityOf(head, input, options, cam.value)
  const weights = head.sides.map(({ value }) => value)
  const prototypes = once(() => {
    const sides = sideFeatures(depths, weights, layout.grids)
    const maps = prototypeMaps(affinity.value, layout.padded(sides.value), mask, options.backgroundFactor)
    const gradient = (dValue: Tensor) => sides.gradient(layout.unpadded(maps.gradient(dValue)))
    return { value: maps.value, gradient }
  })
  const gradient = (of: MapGradients, wantDeepest: boolean): HeadGradients => {
    const back = of.refined === undefined ? undefined : affinity.gradient(of.refined, wantDeepest)
    const parts = [
      ...(of.scores === undefined ? [] : [of.scores.div(counts).expandDims(1).tile([1, layout.longest, 1])]),
      ...(back === undefined ? [] : [cam.gradient(back.maps)]),
    ]
    const dRows = parts.length === 0 ? undefined : layout.unpadded(tf.addN(parts))
    const dDeepest = dRows && wantDeepest ? tf.matMul(dRows, head.classifierMatrix(), false, true) : undefined
    const deep = [dDeepest, back?.deepest].filter(part => part !== undefined)
    return {
      ...(dRows === undefined ? {} : { classifier: weightGradient(rows, dRows) }),
      ...(back?.weight === undefined ? {} : { affinity: back.weight }),
      ...(of.prototypes === undefined ? {} : { sides: prototypes().gradient(of.prototypes) }),
      ...(deep.length === 0 ? {} : { deepest: tf.addN(deep) }),
    }
  }
  return {
    layout,
    scores: logits.sum(1).div(counts),
    refined: affinity.value,
    prototypes: () => prototypes().value,
    gradient,
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}

interface AffinityBack {
  readonly maps: Tensor
  readonly weight?: Tensor
  /** `[n, d]` */
  readonly deepest?: Tensor
}

/** The map spread along f9 of colours and deepest features; as it is where there is no affinity. */
function affinityOf(
  { affinity }: SfcHead,
  { layout, colours, depths }: ScaleInput,
  { affinityHops }: MapOptions,
  maps: Tensor,
): { readonly value: Tensor; readonly gradient: (dValue: Tensor, wantDeepest: boolean) => AffinityBack } {
  if (affinity === null || affinityHops === 0) return { value: maps, gradient: dValue => ({ maps: dValue }) }
  const { tf } = currentEngine()
  const [, , inputs, width] = affinity.shape as [number, number, number, number]
  const { rows } = depths.at(-1)!
  const [ofColours, ofDeepest] = tf.split(affinity.value.reshape([inputs, width]), [3, inputs - 3], 0)
  const features = tf.matMul(rows, ofDeepest!).add(tf.matMul(colours, ofColours!))
  const refined = refineByAffinity(maps, layout.padded(features), affinityHops)
  const gradient = (dValue: Tensor, wantDeepest: boolean): AffinityBack => {
    const back = refined.gradient(dValue)
    const dFeatures = layout.unpadded(back.features)
    const weight = tf.concat([weightGradient(colours, dFeatures), weightGradient(rows, dFeatures)], 2)
    const own = { maps: back.maps, weight }
    return wantDeepest ? { ...own, deepest: tf.matMul(dFeatures, ofDeepest!, false, true) } : own
  }
  return { value: refined.value, gradient }
}
