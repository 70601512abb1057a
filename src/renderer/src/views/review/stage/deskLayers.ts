import type { PhotoLayers } from '../../../../../shared/contract/seeds'
import type { LayerChoice } from '../../../components/review/deskLook'
import { editorTexts } from '../../../texts/editor'
import { seedsTexts } from '../../../texts/seeds'
import { allLayers, layerTitle, stepLayer } from '../../shared/photoSides'
import { isOfRun, layerFromText, layerText, type LayerName } from '../../shared/layerName'

/** What one side of the wipe shows: the mask that is edited, its difference to another one, or a layer of the runs. */
export type DeskLayer =
  | { readonly kind: 'corrected' }
  | { readonly kind: 'difference'; readonly to: 'pseudo' | 'truth' }
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'other'; readonly name: LayerName }

export const corrected: DeskLayer = { kind: 'corrected' }

/** `corrected`, `difference:truth`, `version:3`, or a layer of the runs as the Seeds screen names it. */
export function deskLayerText(layer: DeskLayer): string {
  switch (layer.kind) {
    case 'corrected':
      return layer.kind
    case 'difference':
      return `difference:${layer.to}`
    case 'version':
      return `version:${layer.version}`
    case 'other':
      return layerText(layer.name)
  }
}

export function deskLayerFromText(text: string | undefined): DeskLayer | undefined {
  if (text === undefined) return undefined
  if (text === 'corrected') return corrected
  if (text === 'difference:pseudo') return { kind: 'difference', to: 'pseudo' }
  if (text === 'difference:truth') return { kind: 'difference', to: 'truth' }
  const [, version] = /^version:(\d{1,9})$/.exec(text) ?? []
  if (version !== undefined) return { kind: 'version', version: Number(version) }
  const name = layerFromText(text)
  return name && { kind: 'other', name }
}

/**
 * The layers that a photo has, in the order in which a key walks through them.
 * @param hasOrigin whether the mask began as a run's
 */
export function deskLayers(layers: PhotoLayers, hasOrigin: boolean): readonly DeskLayer[] {
  return [
    corrected,
    ...(hasOrigin ? [{ kind: 'difference', to: 'pseudo' } as const] : []),
    ...(layers.truth === null ? [] : [{ kind: 'difference', to: 'truth' } as const]),
    ...allLayers(layers).map(name => ({ kind: 'other', name }) as const),
  ]
}

/** A layer as lists name it. */
export function layerChoice(layer: DeskLayer, layers: PhotoLayers): LayerChoice {
  const id = deskLayerText(layer)
  const texts = editorTexts.layers
  switch (layer.kind) {
    case 'corrected':
      return { id, title: texts.corrected, detail: '' }
    case 'difference':
      return { id, title: layer.to === 'truth' ? texts.differenceTruth : texts.differencePseudo, detail: '' }
    case 'version':
      return { id, title: texts.version(layer.version), detail: '' }
    case 'other': {
      const { name } = layer
      const step = stepLayer(layers, name)
      const run = isOfRun(name) ? layers.runs.find(({ id: of }) => of === name.run) : undefined
      const detail = run === undefined || step === undefined ? '' : `${run.name} · ${seedsTexts.kinds[step.kind]}`
      return { id, title: layerTitle(name), detail }
    }
  }
}
