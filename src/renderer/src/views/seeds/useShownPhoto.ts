import { onScopeDispose, ref } from 'vue'
import { WorkbenchError } from '../../../../shared/errors'
import type { PhotoLayers } from '../../../../shared/contract/seeds'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { useLiveStore } from '../../stores/live'
import { usePhotoBytesStore } from '../../stores/photoBytes'
import { seedsTexts } from '../../texts/seeds'
import { loadSide, stepLayer, usualLayer, type Side } from '../shared/photoSides'
import { isOfRun, type LayerName } from '../shared/layerName'

/** A photo with everything that is needed to draw it: replaced as a whole, so that no picture mixes two photos. */
export interface ShownPhoto {
  readonly layers: PhotoLayers
  readonly picture: ImageBitmap
  readonly left: Side
  readonly right: Side | undefined
}

export interface Wanted {
  readonly project: string
  readonly image: number | undefined
  readonly left: LayerName | undefined
  readonly right: LayerName | undefined
  /** Pixels of the photo's longer side at most; undefined until the renderer knows. */
  readonly longest: number | undefined
}

/** Maps that a step has made are found so long after it told of them at the latest, ms. */
const storedWithinMs = 1500

/** Fetches a photo and its layers, and looks again when runs make more. */
export function useShownPhoto(wanted: () => Wanted) {
  const bytes = usePhotoBytesStore()
  const changes = ref(0)

  const layers = useLoad(
    () => {
      const { project, image } = wanted()
      return image === undefined ? undefined : { project, image, changes: changes.value }
    },
    ({ project, image }) => api.seeds.layers.query({ project, image }),
  )

  const shown = useLoad(
    () => {
      const { longest, ...rest } = wanted()
      const known = layers.value.value
      return known === undefined || known.image.id !== rest.image || longest === undefined
        ? undefined
        : { ...rest, longest, known }
    },
    async ({ project, left, right, longest, known }): Promise<ShownPhoto> => {
      const [picture, first, second] = await Promise.all([
        bytes.photo(project, known.image.id, longest, known.image.stem),
        loadSide(left ?? usualLayer(known), project, known, bytes),
        right === undefined ? undefined : loadSide(right, project, known, bytes),
      ])
      assertAsImported(picture, known, longest)
      return { layers: known, picture, left: first, right: second }
    },
  )

  /** Whether nothing of a run is there to be drawn, or not what is meant. */
  function lacks(): boolean {
    const [{ left }, known] = [wanted(), layers.value.value]
    if (known === undefined) return false
    return left !== undefined && isOfRun(left) ? stepLayer(known, left) === undefined : known.runs.length === 0
  }

  let soon: ReturnType<typeof setTimeout> | undefined
  /** A step that goes on stores its maps by the second: what it tells is later than what can be found. */
  function lookSoon(): void {
    soon ??= setTimeout(() => {
      soon = undefined
      changes.value++
    }, storedWithinMs)
  }
  onScopeDispose(() => clearTimeout(soon))

  const stop = useLiveStore().listen(event => {
    const { project } = wanted()
    if (event.type === 'reset') changes.value++
    if (event.type === 'dataset' && event.project === project) {
      bytes.forgetPhotos()
      changes.value++
    }
    const ofRun = event.type === 'run' && event.project === project ? event.event.type : undefined
    if (ofRun === 'step' || ofRun === 'state') changes.value++
    if (ofRun === 'progress' && lacks()) lookSoon()
  })
  onScopeDispose(stop)

  return { layers, shown }
}

/** @throws SHAPE_MISMATCH where the file is another photo than the maps are of */
function assertAsImported({ width, height }: ImageBitmap, { image }: PhotoLayers, longest: number): void {
  const shrunk = Math.max(image.width, image.height) > longest
  if (!shrunk && (width !== image.width || height !== image.height))
    throw new WorkbenchError('SHAPE_MISMATCH', seedsTexts.otherPhoto(image.stem, { width, height }, image))
}
