import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DatasetImage } from '../../shared/contract/dataset'
import type { ExportContents, ExportOrigin, MaskChoice } from '../../shared/contract/export'
import type { SourceAnnotation } from '../../shared/contract/import'
import { WorkbenchError } from '../../shared/errors'
import { blobPath } from '../artifacts/blobStore'
import type { ExportPhoto } from '../datasets/exporting/defineExport'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { findMethod } from '../methods/index'
import { datasetOfRun } from './figureOrigin'
import { findLabelStep, findRun, findScoreStep, planOf, upstream } from './findStep'
import type { Plan, PlannedStep } from './recipes'
import { isCorrection, correctionsOf, type Correction } from './corrections'

/** What of a project is meant to leave it. */
export interface ExportChoice {
  /** The latest finished run when left out; not asked for where no run is needed. */
  readonly run?: number | undefined
  /** The last step that fits when left out. */
  readonly step?: string | undefined
  readonly masks: MaskChoice
  /** All photos, or all of the run's, when left out. */
  readonly split?: string | undefined
}

/** A photo on its way out, with what a check of it needs. */
export interface SourcePhoto {
  readonly id: number
  readonly photo: ExportPhoto
  readonly correction: Correction | undefined
}

export interface ExportSource {
  readonly classes: readonly string[]
  readonly photos: readonly SourcePhoto[]
  /** Photos that there is nothing to export of. */
  readonly missing: readonly { readonly id: number; readonly stem: string }[]
  readonly checkpoint?: string
  readonly origin: ExportOrigin
}

interface ChosenStep {
  readonly run: RunRow
  readonly plan: Plan
  readonly step: PlannedStep
}

/** Gathers what is meant. @throws NOT_FOUND, BAD_INPUT where there is nothing */
export function exportSource(project: Project, contents: ExportContents, choice: ExportChoice): ExportSource {
  const chosen = needsRun(contents, choice.masks) ? chosenStep(project, contents, choice) : undefined
  const dataset = chosen === undefined ? project.dataset(choice.split) : datasetOfRun(project, chosen.run)
  const images = dataset.images.filter(ofSplit(project, choice.split))
  const corrections = correctionsOf(project)
  const blobOf = blobFinder(project, contents, choice.masks, chosen, corrections)
  const found = images.flatMap(image => {
    const blob = blobOf(image)
    return blob === undefined ? [] : [{ image, blob }]
  })
  if (found.length === 0) throw nothingToExport(chosen, choice.masks, images.length)
  const labels = { present: project.labels.presentPlaces(), unknown: project.labels.unknownPlaces() }
  const splits = new Map(project.images.all().map(({ id, split }) => [id, split]))
  const annotations = contents === 'masks' ? project.annotations.all() : undefined
  const photos = found.map(({ image, blob }): SourcePhoto => ({
    id: image.id,
    photo: {
      stem: image.stem,
      fileName: basename(image.path),
      width: image.width,
      height: image.height,
      split: splits.get(image.id) ?? dataset.split,
      present: labels.present.get(image.id) ?? [],
      // Of a photo without a word nothing is known: what reads the export must not take that for "none".
      unknown: image.unlabelled ? dataset.classes.map((_, place) => place) : (labels.unknown.get(image.id) ?? []),
      blob,
      ...annotationOf(project, annotations?.get(image.id)),
    },
    correction: corrections.get(image.id),
  }))
  const made = new Set(photos.map(({ id }) => id))
  const missing = images.filter(({ id }) => !made.has(id)).map(({ id, stem }) => ({ id, stem }))
  return {
    classes: dataset.classes,
    photos,
    missing,
    ...(contents === 'checkpoint' ? { checkpoint: checkpointOf(project, chosen) } : {}),
    origin: {
      run: chosen === undefined ? null : runOrigin(chosen),
      masks: contents === 'masks' ? choice.masks : null,
      split: choice.split ?? null,
      photos: photos.length,
      corrected: contents === 'masks' ? countCorrected(photos, choice.masks) : 0,
      missing: missing.map(({ stem }) => stem),
    },
  }
}

function annotationOf({ blobFolder }: Project, annotation: SourceAnnotation | undefined) {
  if (annotation === undefined) return {}
  return { annotation: { format: annotation.format, path: blobPath(blobFolder, annotation.blob) } }
}

/** What is asked of a photo: the path of its blob, or nothing. */
function blobFinder(
  project: Project,
  contents: ExportContents,
  masks: MaskChoice,
  chosen: ChosenStep | undefined,
  corrections: ReadonlyMap<number, Correction>,
): (image: DatasetImage) => string | undefined {
  if (contents === 'labels' || contents === 'checkpoint') return () => ''
  const kind = contents === 'masks' ? 'labels' : 'scores'
  const rows = chosen === undefined ? [] : project.artifacts.listForStep(chosen.run.id, chosen.step.name, kind)
  const made = new Map(rows.map(({ imageId, blob }) => [imageId, blob]))
  const path = (blob: string | undefined) => (blob === undefined ? undefined : blobPath(project.blobFolder, blob))
  if (contents === 'scores' || masks === 'run') return ({ id }) => path(made.get(id))
  if (masks === 'truth') return ({ truth }) => truth
  return ({ id }) => {
    const correction = corrections.get(id)
    if (correction !== undefined && isCorrection(correction)) return path(correction.blob)
    // A rejected mask is one that a person does not want to see again.
    return masks === 'reviewed' || correction?.review === 'rejected' ? undefined : path(made.get(id))
  }
}

function needsRun(contents: ExportContents, masks: MaskChoice): boolean {
  return contents === 'scores' || contents === 'checkpoint' || (contents === 'masks' && !runless.has(masks))
}
const runless: ReadonlySet<MaskChoice> = new Set(['reviewed', 'truth'])

function chosenStep(project: Project, contents: ExportContents, { run: id, step }: ExportChoice): ChosenStep {
  const run = findRun(project, id)
  const plan = planOf(run)
  if (contents === 'masks') return { run, plan, step: findLabelStep(plan, step) }
  return { run, plan, step: contents === 'scores' ? findScoreStep(plan, step) : findTrainedStep(plan, step) }
}

/** The step whose network is meant: the named one, else the last that trains. */
function findTrainedStep(plan: Plan, name: string | undefined): PlannedStep {
  const trained = plan.steps.filter(({ method }) =>
    findMethod(method).outputs.some(kind => kind === 'classifier' || kind === 'segmentation'),
  )
  const step = name === undefined ? trained.at(-1) : trained.find(each => each.name === name)
  if (step !== undefined) return step
  const known = trained.map(each => each.name).join(', ') || 'none'
  throw new WorkbenchError('NOT_FOUND', `"${name ?? plan.title}" trains no network. Steps that do: ${known}.`)
}

function checkpointOf(project: Project, chosen: ChosenStep | undefined): string {
  const { run, step } = chosen!
  const file = join(project.runFolder(run.id), step.name, 'checkpoint.safetensors')
  if (existsSync(file)) return file
  throw new WorkbenchError('BAD_INPUT', `Step "${step.name}" of run ${run.id} (${run.state}) has made nothing yet.`)
}

function ofSplit(project: Project, split: string | undefined): (image: DatasetImage) => boolean {
  if (split === undefined) return () => true
  const ids = new Set(project.images.all(split).map(({ id }) => id))
  return ({ id }) => ids.has(id)
}

function runOrigin({ run, plan, step }: ChosenStep): ExportOrigin['run'] {
  const steps = upstream(plan, step).map(({ name, method, options }) => ({ name, method, options }))
  return { id: run.id, name: run.name, step: step.name, seed: run.seed, datasetHash: run.datasetHash, steps }
}

function countCorrected(photos: readonly SourcePhoto[], masks: MaskChoice): number {
  if (masks === 'run' || masks === 'truth') return 0
  return photos.filter(({ correction }) => correction !== undefined && isCorrection(correction)).length
}

function nothingToExport(chosen: ChosenStep | undefined, masks: MaskChoice, photos: number): WorkbenchError {
  if (photos === 0)
    return new WorkbenchError('BAD_INPUT', 'There are no photos to export: import some, or name a split.')
  if (chosen !== undefined)
    return new WorkbenchError(
      'BAD_INPUT',
      `Step "${chosen.step.name}" of run ${chosen.run.id} (${chosen.run.state}) has made nothing yet.`,
    )
  const what = masks === 'truth' ? 'came with ground truth' : 'has a mask that was accepted or edited'
  return new WorkbenchError('BAD_INPUT', `None of the ${photos} photos ${what}: choose other masks.`)
}
