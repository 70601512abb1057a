import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../../../shared/contract/dataset'
import { WorkbenchError } from '../../../../shared/errors'
import { roundSeconds } from '../../../../shared/roundSeconds'
import type { ScoreMaps } from '../../../../shared/tensors/scoreMaps'
import { NanTally } from '../../../artifacts/nanTally'
import { writeScoreMaps } from '../../../artifacts/scoreMaps'
import { type Classifier, headWeight, readClassifier } from '../../../backbones/classifierCheckpoint'
import { openTapFeatures } from '../../../backbones/openFeatures'
import type { StoredTaps, TapFeatures, TapRequest } from '../../../backbones/tapFeatures'
import { currentEngine } from '../../../engine/current'
import { normalisePlanes, quarterSize, readPlanes, sumAtQuarter } from '../../../nn/multiScale'
import { prefetch } from '../../../nn/prefetch'
import { recountNan } from '../../../pool/recount'
import type { MethodContext, StepReference, StepResult } from '../../context'
import { hasSfc, type LoadedSfc, readSfc } from '../sfcCheckpoint'
import { sfcDepths } from '../sfcDepths'
import { prototypeMaps } from '../network/prototypeMaps'
import { classDifference, type ClassPrototypes, classPrototypes } from './classPrototypes'
import { type FusedMap, fuseMaps } from './fusion'
import type { SfcMapsOptions } from './options'
import { joinCopies } from './joinCopies'
import { type MapSource, photoPlaces } from './photoPlaces'

/** The code's, for a classifier that was not trained with one. */
const plainBackgroundFactor = 0.3

/** Makes one score map file a photo: the maps of its labelled classes. Photos already done are not done again. */
export async function run(options: SfcMapsOptions, context: MethodContext): Promise<StepResult> {
  const started = performance.now()
  const step = context.inputs.classifier!
  const classifier = await readClassifier(step.folder)
  assertClasses(step, classifier, context)
  const loaded = await loadHead(step, classifier, options)
  const hops = options.affinityHops ?? loaded?.settings.affinityHops ?? 0
  const backgroundFactor = options.backgroundFactor ?? loaded?.settings.backgroundFactor ?? plainBackgroundFactor
  const taps = options.features === 'side' ? sfcDepths(classifier.architecture).taps : []
  const { source, close } = await openTapFeatures(classifier, { taps, colours: hops > 0 }, context)
  const weight = headWeight(classifier)
  let prototypes: ClassPrototypes | undefined
  try {
    const maps = { classifier: weight, head: loaded?.head ?? null, affinityHops: hops, backgroundFactor }
    prototypes = options.map === 'difference' ? await classPrototypes(source, maps, options, context) : undefined
    const made = await makeMaps({ source, maps, prototypes, options }, context)
    const { statistics } = source
    return {
      summary: {
        ...made,
        unreadable: statistics.unreadable.map(({ image, reason }) => ({ photo: image.stem, reason })),
        seconds: roundSeconds((performance.now() - started) / 1000),
        trunkSeconds: roundSeconds(statistics.trunkSeconds),
        computed: statistics.computed,
        fromCache: statistics.fromCache,
      },
    }
  } finally {
    weight.dispose()
    prototypes?.classes.dispose()
    prototypes?.backgrounds.dispose()
    loaded?.head.dispose()
    close()
  }
}

/** @throws BAD_INPUT naming the first class that differs, where the classifier was trained on other classes */
function assertClasses({ step }: StepReference, { classes }: Classifier, { dataset }: MethodContext): void {
  const count = Math.max(classes.length, dataset.classes.length)
  for (let c = 0; c < count; c++)
    if (classes[c] !== dataset.classes[c])
      throw new WorkbenchError(
        'BAD_INPUT',
        `"${step}" was trained on other classes: its ${c + 1}. is ${quoted(classes[c])}, the project's ` +
          `${quoted(dataset.classes[c])}. Train it again.`,
      )
}

function quoted(name: string | undefined): string {
  return name === undefined ? 'missing' : `"${name}"`
}

/** SFC's layers where the options need them. @throws BAD_INPUT when the classifier has none */
async function loadHead(
  { step, method, folder }: StepReference,
  classifier: Classifier,
  { features, affinityHops }: SfcMapsOptions,
): Promise<LoadedSfc | undefined> {
  if (hasSfc(folder)) {
    const loaded = await readSfc(folder, classifier)
    if ((affinityHops ?? 0) === 0 || loaded.head.affinity !== null) return loaded
    loaded.head.dispose()
    throw new WorkbenchError(
      'BAD_INPUT',
      `"${step}" was trained without affinities (affinityHops 0): leave sfc-maps.affinityHops out.`,
    )
  }
  if (features === 'side')
    throw new WorkbenchError(
      'BAD_INPUT',
      `"${step}" is a ${method} without SFC's side convolutions: set sfc-maps.features=trunk, or train it with sfc.`,
    )
  if ((affinityHops ?? 0) > 0)
    throw new WorkbenchError('BAD_INPUT', `"${step}" is a ${method} without affinities: set sfc-maps.affinityHops=0.`)
  return undefined
}

/** @returns facts for the step's summary */
async function makeMaps(making: Making, context: MethodContext): Promise<Record<string, unknown>> {
  const { source, options } = making
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const pending = context.dataset.images.filter(({ id }) => !done.has(id))
  const total = context.dataset.images.length
  const requests = options.scales.flatMap(scale => requestsOf(scale, options.mirrored))
  const range = { from: 0, to: pending.length, ahead: context.pool.threads + 2 }
  let count = total - pending.length
  let next = 0
  const nans = new NanTally()
  await recountNan(nans, context)
  for await (const stored of prefetch(index => source.read(pending[index]!, requests), range)) {
    await context.checkpoint()
    context.signal.throwIfAborted()
    const image = pending[next++]!
    if (stored === undefined) continue // listed among the unreadable
    const scores = scoresOf(image, stored, making)
    const { blob, nan } = await writeScoreMaps(context.blobFolder, scores)
    nans.add(image.stem, nan)
    context.artifact({ imageId: image.id, kind: 'scores', blob })
    context.progress({ done: ++count, total, unit: 'photos', stage: `SFC maps (${options.map})` })
  }
  return { photos: count, ...nans.report(context.log) }
}

/** Photo and mirror image as CAM asks for them, so that the cache serves both. */
function requestsOf(scale: number, mirrored: boolean): TapRequest[] {
  if (!mirrored) return [{ scale, copies: 'straight' }]
  if (scale !== 1) return [{ scale, copies: 'pair' }]
  return [
    { scale, copies: 'straight' },
    { scale, copies: 'mirrored' },
  ]
}

/** What every photo's maps are made with. */
interface Making {
  readonly source: TapFeatures
  readonly maps: MapSource
  /** Those of all photos, where the map is their difference. */
  readonly prototypes: ClassPrototypes | undefined
  readonly options: SfcMapsOptions
}

function scoresOf(image: DatasetImage, stored: readonly StoredTaps[], making: Making): ScoreMaps {
  const { source, options } = making
  const { tf } = currentEngine()
  const input = source.inputOf(image)
  const { width, height } = quarterSize(input)
  const keys = Int32Array.from(image.labels)
  const base = { keys, width, height, photoWidth: image.width, photoHeight: image.height }
  if (keys.length === 0) return { ...base, maps: new Float32Array(0) }
  const isFused = !options.map.endsWith('difference')
  // A fused map has the classifier's planes, then the prototypes', each with the background first.
  const count = isFused ? 2 * (keys.length + 1) : keys.length
  const tensors = tf.tidy(() => joinCopies(stored, options.scales).map(scale => planesOf(scale, image, keys, making)))
  const planes = readPlanes(count, () => sumAtQuarter(tensors, input))
  for (const tensor of tensors) tensor.dispose()
  normalisePlanes(planes, count, options.epsilon)
  if (!isFused) return { ...base, maps: planes }
  const half = planes.length / 2
  const both = { classifier: planes.subarray(0, half), prototype: planes.subarray(half) }
  return { ...base, maps: fuseMaps(both, keys.length, { ...options, map: options.map as FusedMap }) }
}

/** The planes of one photo at one scale, `[h, w, planes]`; in the caller's tidy. */
function planesOf(
  scale: StoredTaps,
  { labels }: DatasetImage,
  keys: Int32Array,
  { source, maps, prototypes, options }: Making,
): Tensor {
  const { tf } = currentEngine()
  const places = photoPlaces(source.upload(scale), labels, maps, options)
  if (prototypes !== undefined) return classDifference(places, prototypes, keys)
  const { plane, refined, features, mask } = places
  const own = prototypeMaps(refined, features, mask, maps.backgroundFactor).value
  const at = (map: Tensor, channels: readonly number[]) => tf.gather(map, tf.tensor1d([...channels], 'int32'), 2)
  const classes = [...keys].map(key => key + 1)
  const wanted =
    options.map === 'photo-difference'
      ? tf.relu(at(own, classes).sub(at(own, [0])))
      : tf.concat([at(refined, [0, ...classes]), at(own, [0, ...classes])], 2)
  return wanted.reshape([plane.height, plane.width, wanted.shape[2]!])
}
