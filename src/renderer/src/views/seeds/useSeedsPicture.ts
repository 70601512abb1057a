import { computed, ref, shallowRef, watch, type ShallowRef } from 'vue'
import { colourTable } from '../../gl/colourMaps'
import type { Layer } from '../../gl/scene'
import { rowOf, scaleEndOf, sceneLayer, withMap } from '../shared/sceneLayer'
import type { SeedsChoice } from './seedsAddress'
import type { ShownPhoto } from './useShownPhoto'

/** Where no run has said one: LPCAM's own. */
const usualThreshold = 0.3

/** A class's map as another selection of prototypes makes it. */
export interface MapOverride {
  readonly classPlace: number
  /** `[height * width]` of the stored maps */
  readonly map: Float32Array
}

/** What is drawn: the photo's maps under what the person chose. */
export function useSeedsPicture(
  shown: Readonly<ShallowRef<ShownPhoto | undefined>>,
  choice: Readonly<ShallowRef<SeedsChoice>>,
) {
  const chosenClass = computed<number | 'strongest'>(
    () => choice.value.chosenClass ?? shown.value?.layers.image.present[0] ?? 'strongest',
  )
  const scores = computed(() => {
    const content = shown.value?.left.content
    return content?.kind === 'scores' ? content : undefined
  })
  const threshold = computed(() => choice.value.threshold ?? scores.value?.layer.masks?.threshold ?? usualThreshold)
  const table = computed(() => colourTable(choice.value.colours))

  const override = shallowRef<MapOverride | null>(null)
  watch(scores, () => (override.value = null))
  const grid = computed(() => {
    const maps = scores.value?.maps
    return maps !== undefined && override.value !== null
      ? withMap(maps, override.value.classPlace, override.value.map)
      : maps
  })
  const scaleEnd = computed(() => {
    const content = shown.value?.left.content
    if (content?.kind === 'edges') return scaleEndOf(content.grid, 0, choice.value.ownScale)
    if (grid.value === undefined) return 1
    return scaleEndOf(grid.value, rowOf(grid.value, chosenClass.value), choice.value.ownScale)
  })

  /** The photo alone, while a key is held. */
  const peeking = ref(false)
  const layers = computed<readonly [Layer] | readonly [Layer, Layer]>(() => {
    const now = shown.value
    if (now === undefined || peeking.value) return [{ kind: 'photo' }]
    const left = sceneLayer(now.left, choice.value, chosenClass.value, grid.value)
    return now.right ? [left, sceneLayer(now.right, choice.value, chosenClass.value, undefined)] : [left]
  })
  return { chosenClass, scores, threshold, table, override, grid, scaleEnd, peeking, layers }
}
