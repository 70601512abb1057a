import { computed, type ShallowRef } from 'vue'
import { computedByValue } from '../../../composables/computedByValue'
import { deskLayers, layerChoice, type DeskLayer } from './deskLayers'
import type { OpenedPhoto } from '../desk/openedPhoto'
import type { useDeskPicture } from './useDeskPicture'

/** The layers that the photo has, by their names, and which of them lie on the two sides of the wipe. */
export function useLayerChoices(
  current: Readonly<ShallowRef<OpenedPhoto | undefined>>,
  { left, right }: Pick<ReturnType<typeof useDeskPicture>, 'left' | 'right'>,
) {
  const layers = computedByValue(() => {
    const facts = current.value?.fetched.facts
    if (facts === undefined) return []
    return deskLayers(facts.layers, facts.mask.origin !== null).map(layer => layerChoice(layer, facts.layers))
  })
  /** Undefined where there is no wipe. */
  const sides = computed(() => {
    const photo = current.value
    if (photo === undefined || right.value === undefined) return undefined
    const title = (layer: DeskLayer) => layerChoice(layer, photo.fetched.facts.layers).title
    return [title(left.value), title(right.value)] as const
  })
  return { layers, sides }
}
