import type { Tensor } from '@tensorflow/tfjs'
import type { Classifier } from '../../backbones/classifierCheckpoint'
import type { FeatureSource } from '../../backbones/featureSource'
import { currentEngine } from '../../engine/current'
import { keyedGenerator } from '../../nn/random'
import type { MethodContext } from '../context'
import { collectFeatures, type FeatureSet } from './collectFeatures'
import { nearestExamples } from './examples'
import { drawWithoutRepetition } from './firstCentres'
import { type Clusters, kmeans } from './kmeans'
import type { LpcamOptions } from './options'
import type { ClassCentres, ClassPrototypeReport, PrototypeSetReport } from '../../artifacts/prototypes'
import { disposeRows } from './rows'
import { classProbabilities, selectContext, selectForeground, type Selection } from './selectPrototypes'

export interface ClusteredClass {
  readonly centres: ClassCentres
  readonly report: ClassPrototypeReport
}

const nothing: PrototypeSetReport = {
  vectors: 0,
  available: 0,
  counts: [],
  probabilities: [],
  selected: [],
  topOne: false,
  rejected: 0,
  iterations: 0,
  shift: null,
  converged: true,
  reseeded: 0,
  examples: [],
}

/** Finds the prototypes of one class and of its context: clustered, scored and chosen (LPCAM equations 2 to 4). */
export async function clusterClass(
  classIndex: number,
  classifier: Classifier,
  source: FeatureSource,
  seeds: ReadonlyMap<number, string>,
  options: LpcamOptions,
  context: MethodContext,
): Promise<ClusteredClass> {
  const random = keyedGenerator(options.seed ?? context.seed, 'lpcam', classIndex)
  const images = chooseImages(context, classIndex, options, random)
  const classWeight = weightColumn(classifier, classIndex)
  const sets = await collectFeatures({
    classIndex,
    images,
    source,
    blobFolder: context.blobFolder,
    seeds,
    classWeight,
    options,
    random,
    checkpoint: context.checkpoint,
  })
  classWeight.dispose()
  try {
    const name = classifier.classes[classIndex]!
    const group = async (set: FeatureSet, side: string, select: (probabilities: number[]) => Selection) =>
      clusterSet(set, `${name}, ${side}`, select, { classIndex, classifier, options, random, context })
    const foreground = await group(sets.foreground, 'its own features', p => selectForeground(p, options))
    const around = await group(sets.context, 'its context', p => selectContext(p, options))
    const usable = foreground.report.selected.includes(true)
    return {
      centres: { foreground: foreground.centres, context: around.centres },
      report: {
        name,
        status: usable ? 'prototypes' : 'no-foreground',
        fallback: usable ? (foreground.report.topOne ? 'top1' : 'none') : 'cam',
        photos: images.length,
        foreground: foreground.report,
        context: around.report,
      },
    }
  } finally {
    disposeRows(sets.foreground.rows)
    disposeRows(sets.context.rows)
  }
}

interface SetInput {
  readonly classIndex: number
  readonly classifier: Classifier
  readonly options: LpcamOptions
  readonly random: ReturnType<typeof keyedGenerator>
  readonly context: MethodContext
}

async function clusterSet(
  set: FeatureSet,
  what: string,
  select: (probabilities: number[]) => Selection,
  { classIndex, classifier, options, random, context }: SetInput,
): Promise<{ centres: Float32Array; report: PrototypeSetReport }> {
  if (set.rows.count === 0) return { centres: new Float32Array(0), report: { ...nothing, available: set.available } }
  const found = await kmeans(set.rows, options, random, context.checkpoint)
  const { channels } = set.rows
  const probabilities = classProbabilities(found.centres, classifier.weight, channels).map(row => row[classIndex]!)
  const selection = select(probabilities)
  context.log(describe(what, set, found, selection, options))
  return {
    centres: found.centres,
    report: {
      vectors: set.rows.count,
      available: set.available,
      counts: [...found.counts],
      probabilities: probabilities.map(p => (Number.isNaN(p) ? null : p)),
      selected: [...selection.selected],
      topOne: selection.topOne,
      rejected: selection.rejected,
      iterations: found.shifts.length,
      shift: finite(found.shifts.at(-1)),
      converged: found.converged,
      reseeded: found.reseeded,
      examples: nearestExamples(set, found.centres),
    },
  }
}

function describe(
  what: string,
  set: FeatureSet,
  { shifts, converged, counts }: Clusters,
  { selected, topOne }: Selection,
  { maxIterations }: LpcamOptions,
): string {
  const drawn = set.rows.count < set.available ? ` of ${set.available}` : ''
  const end = converged ? `in ${shifts.length} iterations` : `stopped at the cap of ${maxIterations} iterations`
  const kept = `${selected.filter(Boolean).length} of ${counts.length} centres kept`
  return `${what}: ${set.rows.count}${drawn} features, ${end}, ${kept}${topOne ? ' (none passed: the likeliest)' : ''}`
}

/** The photos of a class, or `imagesPerClass` of them, drawn without repetition. */
function chooseImages(
  { dataset }: MethodContext,
  classIndex: number,
  { imagesPerClass }: LpcamOptions,
  random: ReturnType<typeof keyedGenerator>,
) {
  const images = dataset.images.filter(({ labels }) => labels.includes(classIndex))
  if (imagesPerClass === null || images.length <= imagesPerClass) return images
  const chosen = drawWithoutRepetition(images.length, imagesPerClass, random)
  return chosen.sort((a, b) => a - b).map(index => images[index]!)
}

/** `[channels, 1]` */
function weightColumn({ weight, architecture: { channels } }: Classifier, classIndex: number): Tensor {
  const { tf } = currentEngine()
  return tf.tensor2d(weight.slice(classIndex * channels, (classIndex + 1) * channels), [channels, 1])
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}
