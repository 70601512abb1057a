import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../../shared/errors'
import type { PrototypeSimilarity, SimilarityGrid } from '../../../shared/prototypes/similarity'
import { readPrototypes, type ClassCentres } from '../../artifacts/prototypes'
import { readClassifier } from '../../backbones/classifierCheckpoint'
import type { FeatureSource, PhotoFeatures } from '../../backbones/featureSource'
import { openFeatures } from '../../backbones/openFeatures'
import { currentEngine } from '../../engine/current'
import { readTidy } from '../../engine/transfer'
import { quarterSize } from '../../nn/multiScale'
import type { InspectionContext } from '../context'
import { cosines, mergedGrids } from './activation'
import { allDirections, prototypeMatrix } from './matrix'
import type { LpcamOptions } from './options'

/**
 * One photo's cosines to every prototype of a class, chosen or not, at the step's own scales and copies: what its map is
 * linear in, up to the ReLU of each scale.
 * @throws NOT_FOUND where the step has no prototypes yet; FILE_UNREADABLE where the photo cannot be read
 */
export async function inspect(options: LpcamOptions, context: InspectionContext): Promise<PrototypeSimilarity> {
  const kept = await readPrototypes(context.folder)
  const centres = kept?.centres[context.classIndex]
  if (centres === undefined)
    throw new WorkbenchError('NOT_FOUND', 'This step has no prototypes of that class yet: let it finish first.')
  const classifier = await readClassifier(context.inputs.classifier!.folder)
  const { source, close } = await openFeatures(classifier, { ...context, log: () => undefined })
  try {
    for await (const photo of source.stream([context.image], options))
      return similarityOf(photo, source, centres, options)
    const reason = source.statistics.unreadable[0]?.reason ?? 'nobody knows why'
    throw new WorkbenchError('FILE_UNREADABLE', `${context.image.stem} cannot be compared with prototypes: ${reason}`)
  } finally {
    close()
  }
}

function similarityOf(
  photo: PhotoFeatures,
  { trunk }: FeatureSource,
  { foreground, context }: ClassCentres,
  { flipMerge, aggregate, relu }: LpcamOptions,
): PrototypeSimilarity {
  const { channels } = trunk.architecture
  const own = allDirections(foreground, channels)
  const around = allDirections(context, channels)
  const matrix = prototypeMatrix([{ foreground: own, context: around }], channels)
  try {
    const grids = photo.scales.flatMap(({ features }, scale) =>
      gridsOf(trunk.top(features), matrix.directions, flipMerge).map(grid => ({ ...grid, scale })),
    )
    const { width, height } = quarterSize(photo.input)
    return { grids, foreground: own.length, context: around.length, map: { width, height }, aggregate, relu }
  } finally {
    matrix.directions.dispose()
  }
}

/** @param features `[copies, h, w, d]`, consumed */
function gridsOf(
  features: Tensor,
  directions: Tensor,
  flipMerge: LpcamOptions['flipMerge'],
): Omit<SimilarityGrid, 'scale'>[] {
  const { tf } = currentEngine()
  const [, height, width] = features.shape as [number, number, number, number]
  const grids = tf.tidy(() => mergedGrids(features, flipMerge).map(grid => cosines(grid, directions)))
  features.dispose()
  return grids.map(grid => {
    const planes = readTidy(() => grid.transpose([2, 0, 1]))
    grid.dispose()
    return { width, height, cosines: planes }
  })
}
