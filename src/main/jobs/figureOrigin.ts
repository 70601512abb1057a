import type { Dataset, DatasetImage } from '../../shared/contract/dataset'
import type { FigureOrigin } from '../../shared/contract/evaluation'
import { WorkbenchError } from '../../shared/errors'
import { blobPath } from '../artifacts/blobStore'
import { datasetHash } from '../db/datasetOf'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import type { ArtifactKind } from '../methods/index'
import { upstream } from './findStep'
import type { Plan, PlannedStep } from './recipes'

/** A photo with what a step made of it and with what is true. Paths are absolute. */
export interface MeasuredPhoto {
  readonly stem: string
  readonly blob: string
  readonly truth: string
}

export interface Measured {
  readonly origin: FigureOrigin
  readonly photos: readonly MeasuredPhoto[]
  readonly classes: readonly string[]
}

/** Pairs the blobs of a step with the ground truth, and counts what has none. @throws BAD_INPUT where no pair is left */
export function measuredPhotos(
  project: Project,
  run: RunRow,
  plan: Plan,
  step: PlannedStep,
  kind: ArtifactKind,
): Measured {
  const dataset = datasetOfRun(project, run)
  const blobs = new Map(project.artifacts.listForStep(run.id, step.name, kind).map(row => [row.imageId, row.blob]))
  const withTruth = dataset.images.filter(hasTruth)
  const pairs = withTruth.flatMap(image => {
    const blob = blobs.get(image.id)
    return blob === undefined ? [] : [{ image, blob: blobPath(project.blobFolder, blob) }]
  })
  if (pairs.length === 0) throw nothingToMeasure(run, step, dataset, withTruth.length, blobs.size)
  return {
    photos: pairs.map(({ image, blob }) => ({ stem: image.stem, blob, truth: image.truth })),
    classes: ['background', ...dataset.classes],
    origin: {
      run: run.id,
      runName: run.name,
      step: step.name,
      seed: run.seed,
      split: dataset.split,
      images: pairs.length,
      datasetHash: datasetHash(
        dataset.classes,
        pairs.map(({ image }) => image),
        dataset.split,
      ),
      withoutMask: withTruth.filter(({ id }) => !blobs.has(id)).map(({ stem }) => stem),
      withoutTruth: dataset.images.length - withTruth.length,
      settings: Object.fromEntries(upstream(plan, step).map(({ name, options }) => [name, options])),
      summary: summaryOf(project, run, step),
    },
  }
}

/** The photos of the split that the run was made on. */
export function datasetOfRun(project: Project, run: RunRow): Dataset {
  return project.dataset(run.split === 'all' ? undefined : run.split)
}

function hasTruth(image: DatasetImage): image is DatasetImage & { readonly truth: string } {
  return image.truth !== undefined
}

function summaryOf(project: Project, run: RunRow, step: PlannedStep): Readonly<Record<string, unknown>> {
  const summary = project.runs.step(run.id, step.name)?.summary
  return typeof summary === 'object' && summary !== null ? { ...summary } : {}
}

function nothingToMeasure(run: RunRow, step: PlannedStep, dataset: Dataset, withTruth: number, made: number) {
  if (withTruth === 0)
    return new WorkbenchError(
      'BAD_INPUT',
      `None of the ${dataset.images.length} photos has ground truth: import masks with \`maskwright import --masks DIR\`.`,
    )
  const what = made === 0 ? 'has made nothing yet' : 'has made nothing for a photo with ground truth'
  return new WorkbenchError('BAD_INPUT', `Step "${step.name}" of run ${run.id} (${run.state}) ${what}.`)
}
