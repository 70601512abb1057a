import { roundSeconds } from '../../../shared/roundSeconds'
import { resizeBilinear } from '../../../shared/raster/resizeBilinear'
import { blobPath } from '../../artifacts/blobStore'
import type { ScoreMaps } from '../../../shared/tensors/scoreMaps'
import { NanTally } from '../../artifacts/nanTally'
import { readScoreMaps, writeScoreMaps } from '../../artifacts/scoreMaps'
import { type Classifier, readClassifier } from '../../backbones/classifierCheckpoint'
import type { FeatureSource, PhotoFeatures } from '../../backbones/featureSource'
import { openFeatures } from '../../backbones/openFeatures'
import { normalisePlanes, quarterSize, readPlanes, sumAtQuarter } from '../../nn/multiScale'
import { recount } from '../../pool/recount'
import type { MethodContext, StepReference, StepResult } from '../context'
import { prototypeActivation } from './activation'
import { borrowPrototypes } from './borrowPrototypes'
import { clusterClass, type ClusteredClass } from './clusterClass'
import { type ClassDirections, classDirections, prototypeMatrix } from './matrix'
import type { LpcamOptions } from './options'
import { switchPrototypes } from './switchPrototypes'
import { readPrototypes, writePrototypes } from '../../artifacts/prototypes'

/** Clusters the features of every class, then makes one score map file a photo from the prototypes chosen. */
export async function run(options: LpcamOptions, context: MethodContext): Promise<StepResult> {
  const classifier = await readClassifier(context.inputs.classifier!.folder)
  const seeds = seedBlobs(context.inputs.scores!)
  const { source, close } = await openFeatures(classifier, context)
  const started = performance.now()
  try {
    const clustered = await prototypesOf(classifier, source, seeds, options, context)
    const clusteringSeconds = (performance.now() - started) / 1000
    const maps = await makeMaps(classifier, source, seeds, clustered, options, context)
    return {
      summary: {
        ...maps,
        clusteringSeconds: roundSeconds(clusteringSeconds),
        seconds: roundSeconds((performance.now() - started) / 1000),
        trunkSeconds: roundSeconds(source.statistics.trunkSeconds),
        computed: source.statistics.computed,
        fromCache: source.statistics.fromCache,
        fallbacks: clustered.flatMap(({ report }) =>
          report.fallback === 'none' ? [] : [{ class: report.name, fallback: report.fallback }],
        ),
      },
    }
  } finally {
    close()
  }
}

/** Prototypes of all classes: those that an interrupted run kept, else another run's, else clustered now; then switched. */
async function prototypesOf(
  classifier: Classifier,
  source: FeatureSource,
  seeds: ReadonlyMap<number, string>,
  options: LpcamOptions,
  context: MethodContext,
): Promise<readonly ClusteredClass[]> {
  const kept = await readPrototypes(context.folder)
  if (kept) return kept.centres.map((centres, n) => ({ centres, report: kept.report.classes[n]! }))
  const found =
    options.prototypes === null
      ? await clusterAll(classifier, source, seeds, options, context)
      : await borrowPrototypes(options.prototypes, context.folder, classifier)
  const clustered = switchPrototypes(found, options)
  logSwitches(options, context)
  const { channels, stride } = classifier.architecture
  await writePrototypes(
    context.folder,
    clustered.map(({ centres }) => centres),
    {
      seed: options.seed ?? context.seed,
      trunk: classifier.trunkHash,
      grid: { longestSide: classifier.longestSide, stride },
      classes: clustered.map(({ report }) => report),
    },
    channels,
  )
  return clustered
}

async function clusterAll(
  classifier: Classifier,
  source: FeatureSource,
  seeds: ReadonlyMap<number, string>,
  options: LpcamOptions,
  context: MethodContext,
): Promise<readonly ClusteredClass[]> {
  const clustered: ClusteredClass[] = []
  const total = classifier.classes.length
  if (total === 1 && options.mode === 'lpcam' && options.keep.length === 0) context.log(oneClass(options))
  for (let n = 0; n < total; n++) {
    context.progress({ done: n, total, unit: 'classes', stage: `clustering ${classifier.classes[n]}` })
    clustered.push(await clusterClass(n, classifier, source, seeds, options, context))
  }
  return clustered
}

/** The softmax over one class is 1 for every centre: its probability tells none from another. */
function oneClass({ muBackground }: LpcamOptions): string {
  return (
    `There is one class, which the classifier gives every centre the probability 1: none of its context lies below ` +
    `muBackground ${muBackground}, and nothing is subtracted, as with mode lpcam-f. Import photos of a second class, or ` +
    'switch on centres of the context with keep.'
  )
}

/** Where prototypes came from and which a person switched stands in the log as in the recipe. */
function logSwitches({ prototypes, drop, keep }: LpcamOptions, { log }: MethodContext): void {
  if (prototypes !== null) log(`prototypes of ${prototypes}, not clustered again`)
  if (drop.length > 0) log(`switched off by hand: ${drop.join(', ')}`)
  if (keep.length > 0) log(`switched on by hand: ${keep.join(', ')}`)
}

async function makeMaps(
  classifier: Classifier,
  source: FeatureSource,
  seeds: ReadonlyMap<number, string>,
  clustered: readonly ClusteredClass[],
  options: LpcamOptions,
  context: MethodContext,
): Promise<Record<string, unknown>> {
  const { channels } = classifier.architecture
  const directions = clustered.map(({ centres, report }) =>
    report.fallback === 'cam' ? undefined : classDirections(centres, report, options, channels),
  )
  const done = new Set(context.existing.filter(({ kind }) => kind === 'scores').map(({ imageId }) => imageId))
  const pending = context.dataset.images.filter(({ id }) => !done.has(id))
  const total = context.dataset.images.length
  let count = total - pending.length
  let emptyMaps = 0
  const nans = new NanTally()
  await recount(context, 'scores', async ({ stem, labels }, path) => {
    const { largest, nan } = await context.pool.run('scoreFacts', { path }, context.signal)
    emptyMaps += labels.filter((n, k) => largest[k] === 0 && directions[n] !== undefined).length
    nans.add(stem, nan)
  })
  for await (const photo of source.stream(pending, options)) {
    await context.checkpoint()
    const { maps, filled } = lpcamOf(photo, source, directions, options)
    emptyMaps += filled.filter((any, k) => !any && directions[maps.keys[k]!] !== undefined).length
    await fillFromSeed(maps, directions, seeds.get(photo.image.id), context.blobFolder)
    const { blob, nan } = await writeScoreMaps(context.blobFolder, maps)
    nans.add(photo.image.stem, nan)
    context.artifact({ imageId: photo.image.id, kind: 'scores', blob })
    context.progress({ done: ++count, total, unit: 'photos', stage: 'LPCAM maps' })
  }
  const unreadable = source.statistics.unreadable.map(({ image, reason }) => ({ photo: image.stem, reason }))
  return { photos: count, emptyMaps, unreadable, ...nans.report(context.log) }
}

/** The maps of one photo's labelled classes; a class without prototypes gets zeros. */
function lpcamOf(
  photo: PhotoFeatures,
  source: FeatureSource,
  directions: readonly (ClassDirections | undefined)[],
  options: LpcamOptions,
): { readonly maps: ScoreMaps; readonly filled: readonly boolean[] } {
  const { image, input } = photo
  const { channels } = source.trunk.architecture
  const { width, height } = quarterSize(input)
  const keys = Int32Array.from(image.labels)
  const none: ClassDirections = { foreground: [new Float32Array(channels)], context: [] }
  const planes = readPlanes(keys.length, () => {
    const matrix = prototypeMatrix(
      [...keys].map(n => directions[n] ?? none),
      channels,
    )
    const scales = photo.scales.map(({ features }) => prototypeActivation(source.trunk.top(features), matrix, options))
    return sumAtQuarter(scales, input)
  })
  // No epsilon: the largest score is exactly 1 (LPCAM code); a map without a positive score stays 0.
  const filled = normalisePlanes(planes, keys.length, 0)
  return { maps: { keys, width, height, maps: planes, photoWidth: image.width, photoHeight: image.height }, filled }
}

/** Where a class has no prototypes, the seed's map stands in: `fallback: cam` (README). */
async function fillFromSeed(
  { keys, width, height, maps }: ScoreMaps,
  directions: readonly (ClassDirections | undefined)[],
  seed: string | undefined,
  blobFolder: string,
): Promise<void> {
  const lacking = [...keys.keys()].filter(k => directions[keys[k]!] === undefined)
  if (lacking.length === 0 || seed === undefined) return
  const scores = await readScoreMaps(blobPath(blobFolder, seed))
  for (const k of lacking) {
    const channel = scores.keys.indexOf(keys[k]!)
    if (channel < 0) continue
    const size = scores.width * scores.height
    const plane = scores.maps.subarray(channel * size, (channel + 1) * size)
    maps.set(resizeBilinear(plane, 1, scores, { width, height }), k * width * height)
  }
}

/** The seed step's blob of each photo. */
function seedBlobs({ artifacts }: StepReference): Map<number, string> {
  return new Map(artifacts.filter(({ kind }) => kind === 'scores').map(({ imageId, blob }) => [imageId, blob]))
}
