import { WorkbenchError } from '../../../../shared/errors'
import { errorOf } from '../../api/errorOf'
import { blobUrl } from '../../api/photoBytes'
import { labelImage, type LabelImage } from '../../composables/useLabelImage'
import type { usePhotoBytesStore } from '../../stores/photoBytes'
import { seedsTexts } from '../../texts/seeds'
import type { PhotoLayers, StepLayer } from '../../../../shared/contract/seeds'
import type { ScoreGrid } from '../../../../shared/raster/labelsFromScores'
import type { ScoreMaps } from '../../../../shared/tensors/scoreMaps'
import { isOfRun, type LayerName } from './layerName'

/** What one side of the wipe has to show, or why it has nothing. */
export interface Side {
  readonly name: LayerName
  readonly title: string
  readonly content:
    | { readonly kind: 'photo' }
    | { readonly kind: 'scores'; readonly run: number; readonly layer: ScoresLayer; readonly maps: ScoreMaps }
    | { readonly kind: 'labels'; readonly image: LabelImage }
    | { readonly kind: 'edges'; readonly grid: ScoreGrid }
  /** Why it shows the photo alone. */
  readonly problem: string | undefined
}
type PhotoBytes = Pick<ReturnType<typeof usePhotoBytesStore>, 'scoreMaps' | 'edgeMap'>
export type ScoresLayer = Extract<StepLayer, { kind: 'scores' }>

/**
 * The layer that is meant where none was chosen: the last maps of the newest run, else the truth, else nothing. A finished
 * run comes first: one that goes on or was stopped has maps of some photos only, and from photo to photo another layer
 * would be shown.
 */
export function usualLayer({ runs, truth }: PhotoLayers): LayerName {
  const mapped = runs.filter(({ steps }) => steps.some(({ kind }) => kind === 'scores'))
  const run = mapped.find(({ state }) => state === 'done') ?? mapped[0] ?? runs[0]
  const step = run?.steps.findLast(({ kind }) => kind === 'scores') ?? run?.steps.at(-1)
  if (run !== undefined && step !== undefined) return nameOf(run.id, step)
  return truth === null ? { kind: 'photo' } : { kind: 'truth' }
}

/** Every layer that there is, in the order in which they are listed. */
export function allLayers({ runs, truth }: PhotoLayers): readonly LayerName[] {
  return [
    ...runs.flatMap(({ id, steps }) => steps.map(layer => nameOf(id, layer))),
    ...(truth === null ? [] : [{ kind: 'truth' as const }]),
    { kind: 'photo' },
  ]
}

/** What one run made, and what it is measured by. */
export function layersOfRun(layers: PhotoLayers, run: number | undefined): readonly LayerName[] {
  return allLayers(layers).filter(name => name.kind === 'truth' || (isOfRun(name) && name.run === run))
}

function nameOf(run: number, { kind, step }: StepLayer): LayerName {
  return { kind: kind === 'edges' ? kind : 'step', run, step }
}

/** What a run made under a name; undefined where it made nothing for this photo. */
export function stepLayer({ runs }: PhotoLayers, name: LayerName): StepLayer | undefined {
  if (!isOfRun(name)) return undefined
  const steps = runs.find(({ id }) => id === name.run)?.steps
  return steps?.find(({ kind, step }) => step === name.step && (kind === 'edges') === (name.kind === 'edges'))
}

export function layerTitle(name: LayerName): string {
  if (isOfRun(name)) return seedsTexts.runStep(name.run, name.step)
  return name.kind === 'truth' ? seedsTexts.truth : seedsTexts.photo
}

/** Fetches what a layer shows. What goes wrong becomes its problem: the photo and the other side are shown all the same. */
export async function loadSide(
  name: LayerName,
  project: string,
  layers: PhotoLayers,
  bytes: PhotoBytes,
): Promise<Side> {
  const title = layerTitle(name)
  try {
    return { name, title, problem: undefined, content: await contentOf(name, project, layers, bytes) }
  } catch (error) {
    return { name, title, problem: errorOf(error).message, content: { kind: 'photo' } }
  }
}

async function contentOf(
  name: LayerName,
  project: string,
  layers: PhotoLayers,
  bytes: PhotoBytes,
): Promise<Side['content']> {
  if (name.kind === 'photo') return { kind: 'photo' }
  if (name.kind === 'truth') return labelsOf(seedsTexts.truth, layers.truth, project, layers)
  const title = layerTitle(name)
  const layer = stepLayer(layers, name)
  if (layer === undefined) throw new WorkbenchError('NOT_FOUND', seedsTexts.missingLayer(title))
  if (layer.kind === 'labels') return labelsOf(title, layer.blob, project, layers)
  if (layer.kind === 'edges') return edgesOf(title, layer.blob, project, layers, bytes)
  const maps = await bytes.scoreMaps(project, layer.blob, title)
  assertSameSize(title, { width: maps.photoWidth, height: maps.photoHeight }, layers)
  return { kind: 'scores', run: name.run, layer, maps }
}

/** Edges are drawn as a map with one row. */
async function edgesOf(title: string, blob: string, project: string, layers: PhotoLayers, bytes: PhotoBytes) {
  const { edge, width, height, photoWidth, photoHeight } = await bytes.edgeMap(project, blob, title)
  assertSameSize(title, { width: photoWidth, height: photoHeight }, layers)
  return { kind: 'edges' as const, grid: { keys: Int32Array.of(0), maps: edge, width, height } }
}

async function labelsOf(title: string, blob: string | null, project: string, layers: PhotoLayers) {
  if (blob === null) throw new WorkbenchError('NOT_FOUND', seedsTexts.missingLayer(title))
  const image = await labelImage(blobUrl(project, blob))
  assertSameSize(title, image, layers)
  return { kind: 'labels' as const, image }
}

function assertSameSize(title: string, size: { width: number; height: number }, { image }: PhotoLayers): void {
  if (size.width !== image.width || size.height !== image.height)
    throw new WorkbenchError('SHAPE_MISMATCH', seedsTexts.otherMaps(title, size, image))
}
