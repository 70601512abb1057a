import { computed, shallowRef, type Ref } from 'vue'
import type { ImagePoint } from '../../../../shared/geometry/points'
import type { PickedClass } from '../../components/maps/ClassPicker.vue'
import { classColour } from '../../styles/classColour'
import { seedsTexts } from '../../texts/seeds'
import { pixelSentence, scoresOf } from './readPixel'
import { peakOf, rowOf } from '../shared/sceneLayer'
import type { useSeedsPicture } from './useSeedsPicture'
import type { ShownPhoto } from './useShownPhoto'

/** The classes to choose from, those of the photo's labels first, and what is under the pointer. */
export function useSeedsClasses(
  shown: Readonly<Ref<ShownPhoto | undefined>>,
  { grid, threshold }: Pick<ReturnType<typeof useSeedsPicture>, 'grid' | 'threshold'>,
  names: () => readonly string[],
) {
  const pixel = shallowRef<ImagePoint>()
  const readSide = computed(() => {
    const now = shown.value
    return now?.left.content.kind === 'photo' ? (now.right ?? now.left) : now?.left
  })
  const reading = computed(() =>
    pixel.value && readSide.value && shown.value
      ? pixelSentence(readSide.value, shown.value.layers.image, pixel.value, threshold.value, names())
      : '',
  )

  const classes = computed<readonly PickedClass[]>(() => {
    const now = shown.value
    const maps = grid.value
    if (now === undefined) return []
    const here = pixel.value ? scoresOf(now.left, now.layers.image, pixel.value) : new Map<number, number>()
    const present = new Set(now.layers.image.present)
    const peak = (row: number | 'strongest' | undefined) =>
      maps === undefined || row === undefined ? undefined : peakOf(maps, row)
    const all = names().map((name, place) => ({
      place,
      name,
      colour: classColour(place),
      labelled: present.has(place),
      peak: peak(maps && rowOf(maps, place)),
      here: here.get(place),
    }))
    const best = here.size > 0 ? Math.max(...here.values()) : undefined
    const strongest = { place: 'strongest' as const, name: seedsTexts.strongest, colour: undefined, labelled: false }
    const listed = [...all.filter(({ labelled }) => labelled), ...all.filter(({ labelled }) => !labelled)]
    return [{ ...strongest, peak: peak('strongest'), here: best }, ...listed]
  })
  return { pixel, reading, classes }
}
