import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Dataset, DatasetImage } from '../../shared/contract/dataset'
import type { FigureOrigin, MeasuredMasks, StepChoice, TruthKind } from '../../shared/contract/evaluation'
import type { ImageFilter } from '../../shared/contract/imageFilter'
import { WorkbenchError } from '../../shared/errors'
import { readChoice } from '../../shared/metrics/stepChoices'
import { defaultScoreRules, type ScoreRules } from '../../shared/metrics/scoreRules'
import { blobPath } from '../artifacts/blobStore'
import { datasetHash } from '../db/datasetOf'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import type { ArtifactKind } from '../methods/index'
import { upstream } from './findStep'
import type { Plan, PlannedStep } from './recipes'

/** Truth that is void is in no figure; a mask that is void there says background (`shared/metrics/confusion`). */
const voidRule = 'void truth is left out, a void mask is background'

/** A photo with what a step made of it and with what is true. Paths are absolute. */
export interface PairedPhoto {
  readonly id: number
  readonly stem: string
  readonly blob: string
  readonly truth: string
  /** Classes that its labels name, 0 … C−1. */
  readonly labels: readonly number[]
}

export interface Measured {
  readonly origin: FigureOrigin
  readonly photos: readonly PairedPhoto[]
  readonly classes: readonly string[]
  /** Photos of the split a label: background, which is in all, first. */
  readonly labelled: readonly number[]
}

export interface MeasuredOptions {
  readonly rules?: ScoreRules
  /** Photos of the run's split that are meant; all of them when left out. */
  readonly subset?: ImageFilter | undefined
  /** What is called true; ground truth when left out. */
  readonly truth?: TruthKind | undefined
  /** Which masks are measured; the step's own when left out. */
  readonly masks?: MeasuredMasks | undefined
}

/** Pairs the blobs of a step with the ground truth, and counts what has none. @throws BAD_INPUT where no pair is left */
export function measuredPhotos(
  project: Project,
  run: RunRow,
  plan: Plan,
  step: PlannedStep,
  kind: ArtifactKind,
  { rules = defaultScoreRules, subset, truth: truthKind = 'ground_truth', masks = 'made' }: MeasuredOptions = {},
): Measured {
  const dataset = datasetOfRun(project, run)
  const meant = subsetOf(project, dataset.images, subset)
  const blobs = blobsOf(project, run, step, kind, masks)
  const { withTruth, pairs } = pairsOf(meant, blobs, truthKind)
  if (pairs.length === 0) throw nothingToMeasure(run, step, meant.length, withTruth.length, blobs.size, truthKind)
  return {
    photos: pairs.map(({ image: { id, stem, labels }, truth, blob }) => ({
      id,
      stem,
      blob: blobPath(project.blobFolder, blob),
      truth,
      labels,
    })),
    classes: ['background', ...dataset.classes],
    labelled: labelledPhotos(dataset),
    origin: {
      run: run.id,
      runName: run.name,
      step: step.name,
      seed: run.seed,
      split: dataset.split,
      subset: subset ?? null,
      images: pairs.length,
      photosHash: hashOf(pairs.map(({ image }) => [image.stem, image.sha256])),
      datasetHash: datasetHash(
        dataset.classes,
        pairs.map(({ image }) => image),
        dataset.split,
      ),
      ...(truthKind === 'ground_truth' ? {} : { truth: { kind: truthKind, corrected: correctedOf(pairs) } }),
      ...(masks === 'made' ? {} : { masks }),
      truthHash: hashOf(pairs.map(({ image, truth }) => [image.stem, basename(truth)])),
      mapsHash: hashOf(pairs.map(({ image, blob }) => [image.stem, blob])),
      voidRule,
      editedMasks: editedShare(
        project,
        pairs.map(({ blob }) => blob),
      ),
      rules,
      withoutMask: withTruth.filter(({ image }) => !blobs.has(image.id)).map(({ image }) => image.stem),
      withoutTruth: meant.length - withTruth.length,
      methods: Object.fromEntries(upstream(plan, step).map(({ name, method }) => [name, method])),
      settings: Object.fromEntries(upstream(plan, step).map(({ name, options }) => [name, options])),
      summary: summaryOf(project, run, step),
      choices: choicesOf(project, run, upstream(plan, step), pairs.filter(({ image }) => image.truth).length),
    },
  }
}

/** What is measured, by photo: what the step made, or a person's masks where there are any. */
function blobsOf(project: Project, run: RunRow, step: PlannedStep, kind: ArtifactKind, masks: MeasuredMasks) {
  const rows = project.artifacts.listForStep(run.id, step.name, kind)
  const blobs = new Map(rows.map(row => [row.imageId, row.blob]))
  if (masks === 'corrected') for (const [id, blob] of project.corrections.settledBlobs()) blobs.set(id, blob)
  return blobs
}

function pairsOf(images: readonly DatasetImage[], blobs: ReadonlyMap<number, string>, kind: TruthKind) {
  const withTruth = images.flatMap(image => {
    const truth = truthOf(image, kind)
    return truth === undefined ? [] : [{ image, truth }]
  })
  const pairs = withTruth.flatMap(({ image, truth }) => {
    const blob = blobs.get(image.id)
    return blob === undefined ? [] : [{ image, truth, blob }]
  })
  return { withTruth, pairs }
}

/** The photos of the split that the run was made on. */
export function datasetOfRun(project: Project, run: RunRow): Dataset {
  return project.dataset(run.split === 'all' ? undefined : run.split)
}

function subsetOf(project: Project, images: readonly DatasetImage[], subset: ImageFilter | undefined) {
  if (subset === undefined) return images
  const meant = new Set(project.photos.ids(subset))
  return images.filter(({ id }) => meant.has(id))
}

function labelledPhotos({ classes, images }: Dataset): number[] {
  const photos = new Array<number>(classes.length + 1).fill(0)
  photos[0] = images.length
  for (const { labels } of images) for (const label of labels) photos[label + 1]!++
  return photos
}

function editedShare(project: Project, blobs: readonly string[]): number {
  const edited = project.masks.editedBlobs()
  return blobs.filter(blob => edited.has(blob)).length / blobs.length
}

function hashOf(parts: readonly (readonly string[])[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(JSON.stringify(part))
  return hash.digest('hex')
}

/** Path of the label map that is called true; undefined where the photo has none. */
export function truthOf({ truth, correction }: DatasetImage, kind: TruthKind): string | undefined {
  switch (kind) {
    case 'ground_truth':
      return truth
    case 'corrections':
      return correction
    case 'both':
      return truth ?? correction
  }
}

/** Photos whose truth is a person's correction. */
function correctedOf(pairs: readonly { readonly image: DatasetImage; readonly truth: string }[]): number {
  return pairs.filter(({ image, truth }) => truth === image.correction && truth !== image.truth).length
}

function summaryOf(project: Project, run: RunRow, step: PlannedStep): Readonly<Record<string, unknown>> {
  const summary = project.runs.step(run.id, step.name)?.summary
  return typeof summary === 'object' && summary !== null ? { ...summary } : {}
}

/** @param measured photos of the figure with ground truth: a step that chose on truth has seen theirs */
function choicesOf(project: Project, run: RunRow, steps: readonly PlannedStep[], measured: number): StepChoice[] {
  return steps.flatMap(step => readChoice(step.name, summaryOf(project, run, step), measured) ?? [])
}

function nothingToMeasure(
  run: RunRow,
  step: PlannedStep,
  photos: number,
  withTruth: number,
  made: number,
  truth: TruthKind,
) {
  if (withTruth === 0 && truth !== 'ground_truth')
    return new WorkbenchError(
      'BAD_INPUT',
      `None of the ${photos} photos has a mask that was accepted or edited: review some, then measure again.`,
    )
  if (withTruth === 0)
    return new WorkbenchError(
      'BAD_INPUT',
      `None of the ${photos} photos has ground truth: import the photos again with their masks.`,
    )
  const what = made === 0 ? 'has made nothing yet' : 'has made nothing for a photo with ground truth'
  return new WorkbenchError('BAD_INPUT', `Step "${step.name}" of run ${run.id} (${run.state}) ${what}.`)
}
