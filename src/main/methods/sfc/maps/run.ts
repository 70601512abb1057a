import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../../../shared/contract/dataset'
import { WorkbenchError } from '../../../../shared/errors'
import { roundSeconds } from '../../../../shared/roundSeconds'
import type { ScoreMaps } from '../../../../shared/tensors/scoreMaps'
import { writeBlob } from '../../../artifacts/blobStore'
import { encodeScoreMaps } from '../../../artifacts/scoreMaps'
import { type Classifier, readClassifier } from '../../../backbones/classifierCheckpoint'
import { openTapFeatures } from '../../../backbones/openFeatures'
import type { StoredTaps, TapFeatures, TapRequest } from '../../../backbones/tapFeatures'
import { currentEngine } from '../../../engine/current'
import { normalisePlanes, quarterSize, readPlanes, sumAtQuarter } from '../../../nn/multiScale'
import { prefetch } from '../../../nn/prefetch'
import type { MethodContext, StepReference, StepResult } from '../../context'
import { hasSfc, type LoadedSfc, readSfc } from '../sfcCheckpoint'
import { sfcDepths } from '../sfcDepths'
import { fuseMaps } from './fusion'
import type { SfcMapsOptions } from './options'
import { joinCopies } from './joinCopies'
import { type MapSource, type PhotoMaps, photoMaps } from './photoMaps'

/** Makes one score map file a photo: the maps of its labelled classes. Photos already done are not done again. */
export async function run(options: SfcMapsOptions, context: MethodContext): Promise<StepResult> {
  const started = performance.now()
  const step = context.inputs.classifier!
  const classifier = await readClassifier(step.folder)
  const loaded = await loadHead(step, classifier, options)
  const hops = options.affinityHops ?? loaded?.settings.affinityHops ?? 0
  const taps = options.features === 'side' ? sfcDepths(classifier.architecture).taps : []
  const { source, close } = await openTapFeatures(classifier, { taps, colours: hops > 0 }, context)
  const weight = transposed(classifier)
  try {
    const maps = { classifier: weight, head: loaded?.head ?? null, affinityHops: hops }
    const photos = await makeMaps(source, maps, options, context)
    const { statistics } = source
    return {
      summary: {
        photos,
        unreadable: statistics.unreadable.map(({ image, reason }) => ({ photo: image.stem, reason })),
        seconds: roundSeconds((performance.now() - started) / 1000),
        trunkSeconds: roundSeconds(statistics.trunkSeconds),
        computed: statistics.computed,
        fromCache: statistics.fromCache,
      },
    }
  } finally {
    weight.dispose()
    loaded?.head.dispose()
    close()
  }
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

/** The head's weight `[channels, classes]`. */
function transposed({ weight, classes, architecture }: Classifier): Tensor {
  const { tf } = currentEngine()
  return tf.tidy(() => tf.tensor2d(weight, [classes.length, architecture.channels]).transpose())
}

async function makeMaps(
  source: TapFeatures,
  maps: MapSource,
  options: SfcMapsOptions,
  context: MethodContext,
): Promise<number> {
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const pending = context.dataset.images.filter(({ id }) => !done.has(id))
  const total = context.dataset.images.length
  const requests = options.scales.flatMap(scale => requestsOf(scale, options.mirrored))
  const range = { from: 0, to: pending.length, ahead: context.pool.threads + 2 }
  let count = total - pending.length
  let next = 0
  for await (const stored of prefetch(index => source.read(pending[index]!, requests), range)) {
    await context.checkpoint()
    context.signal.throwIfAborted()
    const image = pending[next++]!
    if (stored === undefined) continue // listed among the unreadable
    const scores = scoresOf(image, stored, source, maps, options)
    const blob = await writeBlob(context.blobFolder, encodeScoreMaps(scores), 'safetensors', 'derived')
    context.artifact({ imageId: image.id, kind: 'scores', blob })
    context.progress({ done: ++count, total, unit: 'photos', stage: `SFC maps (${options.map})` })
  }
  return count
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

function scoresOf(
  image: DatasetImage,
  stored: readonly StoredTaps[],
  source: TapFeatures,
  maps: MapSource,
  options: SfcMapsOptions,
): ScoreMaps {
  const { tf } = currentEngine()
  const input = source.inputOf(image)
  const { width, height } = quarterSize(input)
  const keys = Int32Array.from(image.labels)
  const base = { keys, width, height, photoWidth: image.width, photoHeight: image.height }
  if (keys.length === 0) return { ...base, maps: new Float32Array(0) }
  const scales = joinCopies(stored, options.scales)
  const tensors = tf.tidy(() =>
    scales.flatMap(scale => {
      const { classifier, prototype } = photoMaps(source.upload(scale), image.labels, maps, options)
      return [classifier, prototype]
    }),
  )
  const made = scales.map((_, i): PhotoMaps => ({ classifier: tensors[2 * i]!, prototype: tensors[2 * i + 1]! }))
  const channels = [0, ...keys.map(key => key + 1)]
  const planes = (of: (photo: PhotoMaps) => Tensor) =>
    readPlanes(channels.length, () => {
      const wanted = made.map(photo => tf.gather(of(photo), tf.tensor1d(channels, 'int32'), 2))
      return sumAtQuarter(wanted, input)
    })
  try {
    if (options.map === 'difference') return { ...base, maps: differencePlanes(made, keys, input, options) }
    const both = { classifier: planes(photo => photo.classifier), prototype: planes(photo => photo.prototype) }
    for (const plane of Object.values(both)) normalisePlanes(plane, channels.length, options.epsilon)
    return { ...base, maps: fuseMaps(both, keys.length, options) }
  } finally {
    for (const tensor of tensors) tensor.dispose()
  }
}

/** relu(Q_c − Q_0) of each scale, summed and divided by its maximum: LPCAM with one prototype a class and photo. */
function differencePlanes(
  made: readonly PhotoMaps[],
  keys: Int32Array,
  input: { readonly width: number; readonly height: number },
  { epsilon }: SfcMapsOptions,
): Float32Array {
  const { tf } = currentEngine()
  const planes = readPlanes(keys.length, () => {
    const differences = made.map(({ prototype }) => {
      const classes = tf.gather(
        prototype,
        tf.tensor1d(
          [...keys].map(key => key + 1),
          'int32',
        ),
        2,
      )
      return tf.relu(classes.sub(prototype.slice([0, 0, 0], [-1, -1, 1])))
    })
    return sumAtQuarter(differences, input)
  })
  normalisePlanes(planes, keys.length, epsilon)
  return planes
}
