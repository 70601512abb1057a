import { WorkbenchError } from '../../../../shared/errors'
import { errorOf } from '../../api/errorOf'
import { blobUrl } from '../../api/photoBytes'
import { labelImage, type LabelImage } from '../../composables/useLabelImage'
import type { usePhotoBytesStore } from '../../stores/photoBytes'
import { seedsTexts } from '../../texts/seeds'
import type { PhotoLayers, StepLayer } from '../../../../shared/contract/seeds'
import type { ScoreMaps } from '../../../../shared/tensors/scoreMaps'
import type { LayerName } from './seedsAddress'

/** What one side of the wipe has to show, or why it has nothing. */
export interface Side {
  readonly name: LayerName
  readonly title: string
  readonly content:
    | { readonly kind: 'photo' }
    | { readonly kind: 'scores'; readonly run: number; readonly layer: ScoresLayer; readonly maps: ScoreMaps }
    | { readonly kind: 'labels'; readonly image: LabelImage }
  /** Why it shows the photo alone. */
  readonly problem: string | undefined
}
export type ScoresLayer = Extract<StepLayer, { kind: 'scores' }>

/** The layer that is meant where none was chosen: the last maps of the newest run, else the truth, else nothing. */
export function usualLayer({ runs, truth }: PhotoLayers): LayerName {
  const run = runs.find(({ steps }) => steps.some(({ kind }) => kind === 'scores')) ?? runs[0]
  const step = run?.steps.findLast(({ kind }) => kind === 'scores') ?? run?.steps.at(-1)
  if (run !== undefined && step !== undefined) return { kind: 'step', run: run.id, step: step.step }
  return truth === null ? { kind: 'photo' } : { kind: 'truth' }
}

/** Every layer that there is, in the order in which they are listed. */
export function allLayers({ runs, truth }: PhotoLayers): readonly LayerName[] {
  return [
    ...runs.flatMap(({ id, steps }) => steps.map(({ step }) => ({ kind: 'step' as const, run: id, step }))),
    ...(truth === null ? [] : [{ kind: 'truth' as const }]),
    { kind: 'photo' },
  ]
}

export function layerTitle(name: LayerName): string {
  if (name.kind === 'step') return seedsTexts.runStep(name.run, name.step)
  return name.kind === 'truth' ? seedsTexts.truth : seedsTexts.photo
}

/** Fetches what a layer shows. What goes wrong becomes its problem: the photo and the other side are shown all the same. */
export async function loadSide(
  name: LayerName,
  project: string,
  layers: PhotoLayers,
  bytes: Pick<ReturnType<typeof usePhotoBytesStore>, 'scoreMaps'>,
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
  bytes: Pick<ReturnType<typeof usePhotoBytesStore>, 'scoreMaps'>,
): Promise<Side['content']> {
  if (name.kind === 'photo') return { kind: 'photo' }
  if (name.kind === 'truth') return labelsOf(seedsTexts.truth, layers.truth, project, layers)
  const title = layerTitle(name)
  const layer = layers.runs.find(({ id }) => id === name.run)?.steps.find(({ step }) => step === name.step)
  if (layer === undefined) throw new WorkbenchError('NOT_FOUND', seedsTexts.missingLayer(title))
  if (layer.kind === 'labels') return labelsOf(title, layer.blob, project, layers)
  const maps = await bytes.scoreMaps(project, layer.blob, title)
  assertSameSize(title, { width: maps.photoWidth, height: maps.photoHeight }, layers)
  return { kind: 'scores', run: name.run, layer, maps }
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
