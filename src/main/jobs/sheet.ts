import type { DatasetImage } from '../../shared/contract/dataset'
import { WorkbenchError } from '../../shared/errors'
import { didYouMean } from '../../shared/nearestName'
import type { RgbImage } from '../../shared/raster/size'
import { blobPath } from '../artifacts/blobStore'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import type { PictureFormat } from '../media/encodeImage'
import { methods, type ArtifactKind } from '../methods/index'
import { forEachInPool, type PoolWorkContext } from '../pool/forEachInPool'
import type { SheetCell } from '../pool/tasks/sheetRow'
import { datasetOfRun } from './figureOrigin'
import { findLabelStep, labelSteps, planOf } from './findStep'
import type { Plan, PlannedStep } from './recipes'

export interface SheetOptions {
  /** Only this step's maps and masks; all steps' when left out. */
  readonly step?: string
  /** Stems of the photos to show; `count` spread over the dataset when left out. */
  readonly photos?: readonly string[]
  readonly count: number
  /** Pixels. */
  readonly cellWidth: number
  readonly format: PictureFormat
}

export interface Sheet {
  readonly bytes: Uint8Array
  readonly photos: readonly string[]
  readonly columns: readonly string[]
}

/** One column: a step's maps or masks. */
interface Column {
  readonly title: string
  readonly kind: Extract<ArtifactKind, 'scores' | 'labels'>
  readonly blobs: ReadonlyMap<number, string>
}

/** A contact sheet: each row a photo, its score maps, its label maps and the truth. */
export async function makeSheet(
  project: Project,
  run: RunRow,
  options: SheetOptions,
  work: PoolWorkContext,
): Promise<Sheet> {
  const columns = columnsOf(project, run, planOf(run), options.step)
  const images = chosenImages(project, run, options)
  const rows = new Map<number, RgbImage>()
  await forEachInPool(work, images, 'drawing', async image => {
    const cells = [{ kind: 'photo' } as const, ...columns.map(column => cellOf(project, column, image)), truthOf(image)]
    const input = { photo: image.path, caption: image.stem, cells, cellWidth: options.cellWidth }
    rows.set(image.id, await work.pool.run('sheetRow', input))
  })
  const titles = ['photo', ...columns.map(({ title }) => title), 'truth']
  const { bytes } = await work.pool.run('sheet', {
    title: `Run ${run.id} · ${run.name}`,
    columns: titles,
    rows: images.map(({ id }) => rows.get(id)!),
    cellWidth: options.cellWidth,
    format: options.format,
  })
  return { bytes, photos: images.map(({ stem }) => stem), columns: titles }
}

function columnsOf(project: Project, run: RunRow, plan: Plan, wanted: string | undefined): Column[] {
  const masks = wanted === undefined ? labelSteps(plan) : [findLabelStep(plan, wanted)]
  const sources = new Set(masks.map(step => step.from.scores))
  const seeds = plan.steps.filter(
    step => methods.get(step.method)?.outputs.includes('scores') && (wanted === undefined || sources.has(step.name)),
  )
  const column = (kind: Column['kind']) => (step: PlannedStep) => ({
    title: step.name,
    kind,
    blobs: new Map(project.artifacts.listForStep(run.id, step.name, kind).map(row => [row.imageId, row.blob])),
  })
  return [...seeds.map(column('scores')), ...masks.map(column('labels'))]
}

function chosenImages(project: Project, run: RunRow, { photos, count }: SheetOptions): readonly DatasetImage[] {
  const { images } = datasetOfRun(project, run)
  if (photos !== undefined) return photos.map(stem => imageOf(images, stem))
  const shown = Math.min(count, images.length)
  return Array.from({ length: shown }, (_, i) => images[Math.floor(((i + 0.5) * images.length) / shown)]!)
}

function imageOf(images: readonly DatasetImage[], stem: string): DatasetImage {
  const found = images.find(image => image.stem === stem)
  if (found !== undefined) return found
  const known = images.map(image => image.stem)
  const hint = known.length > 50 ? '.' : didYouMean(stem, known)
  throw new WorkbenchError('NOT_FOUND', `The run has no photo "${stem}"${hint}`)
}

function cellOf(project: Project, { kind, blobs, title }: Column, image: DatasetImage): SheetCell {
  const blob = blobs.get(image.id)
  if (blob === undefined) return { kind: 'nothing', reason: `nothing from ${title}` }
  return { kind, path: blobPath(project.blobFolder, blob) }
}

function truthOf({ truth }: DatasetImage): SheetCell {
  return truth === undefined ? { kind: 'nothing', reason: 'no truth' } : { kind: 'labels', path: truth }
}
