import type { DatasetImage } from '../../shared/contract/dataset'
import { WorkbenchError } from '../../shared/errors'
import { didYouMean } from '../../shared/nearestName'
import { blobPath } from '../artifacts/blobStore'
import { exportCams } from '../datasets/cams/exportCams'
import { exportVoc } from '../datasets/voc/exportVoc'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import type { ArtifactKind, Progress } from '../methods/index'
import { datasetOfRun } from './figureOrigin'
import { findLabelStep, findScoreStep, planOf } from './findStep'
import type { PlannedStep } from './recipes'

export const exportFormats = ['voc', 'cams'] as const
export type ExportFormat = (typeof exportFormats)[number]

export interface ExportRequest {
  readonly format: ExportFormat
  readonly step?: string
  /** A folder; it appears whole or not at all. */
  readonly out: string
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}

export interface Exported {
  readonly run: number
  readonly step: string
  readonly format: ExportFormat
  readonly folder: string
  readonly files: number
  /** Stems of photos of which the step made nothing. */
  readonly missing: readonly string[]
}

/** @throws USAGE with the nearest name */
export function exportFormat(name: string): ExportFormat {
  const found = exportFormats.find(format => format === name)
  if (found !== undefined) return found
  throw new WorkbenchError('USAGE', `There is no export format "${name}"${didYouMean(name, exportFormats)}`)
}

/** Writes a step's label maps in VOC's layout, or its score maps as the NumPy dictionaries of the field. */
export async function exportStep(project: Project, run: RunRow, request: ExportRequest): Promise<Exported> {
  const { format, out, signal, progress } = request
  const plan = planOf(run)
  const common = { out, signal, progress }
  if (format === 'voc') {
    const step = findLabelStep(plan, request.step)
    const { found, missing } = blobsOf(project, run, step, 'labels')
    const images = found.map(({ image, path }) => ({ stem: image.stem, labels: path }))
    const { folder, files } = await exportVoc({ ...common, classes: project.classes.names(), images })
    return { run: run.id, step: step.name, format, folder, files, missing }
  }
  const step = findScoreStep(plan, request.step)
  const { found, missing } = blobsOf(project, run, step, 'scores')
  const images = found.map(({ image, path }) => ({ stem: image.stem, scores: path }))
  const { folder, files } = await exportCams({ ...common, images })
  return { run: run.id, step: step.name, format, folder, files, missing }
}

interface FoundBlobs {
  readonly found: readonly { readonly image: DatasetImage; readonly path: string }[]
  readonly missing: readonly string[]
}

function blobsOf(project: Project, run: RunRow, step: PlannedStep, kind: ArtifactKind): FoundBlobs {
  const blobs = new Map(project.artifacts.listForStep(run.id, step.name, kind).map(row => [row.imageId, row.blob]))
  const { images } = datasetOfRun(project, run)
  if (blobs.size === 0)
    throw new WorkbenchError('BAD_INPUT', `Step "${step.name}" of run ${run.id} (${run.state}) has made nothing yet.`)
  const found = images.flatMap(image => {
    const blob = blobs.get(image.id)
    return blob === undefined ? [] : [{ image, path: blobPath(project.blobFolder, blob) }]
  })
  return { found, missing: images.filter(({ id }) => !blobs.has(id)).map(({ stem }) => stem) }
}
