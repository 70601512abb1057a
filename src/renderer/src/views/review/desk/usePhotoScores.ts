import { onScopeDispose, watch, type ShallowRef } from 'vue'
import { afterFrame } from '../../../composables/afterFrame'
import { usePhotoBytesStore } from '../../../stores/photoBytes'
import type { OpenedPhoto } from './openedPhoto'
import { scoresStep } from './scoresStep'

/** The maps behind the masks: tools that go by scores have them a moment after the photo. */
export function usePhotoScores(current: Readonly<ShallowRef<OpenedPhoto | undefined>>): void {
  const bytes = usePhotoBytesStore()
  let stop: (() => void) | undefined
  watch(current, photo => {
    stop?.()
    stop = photo && afterFrame(() => void fetchScores(photo))
  })
  onScopeDispose(() => stop?.())

  async function fetchScores(photo: OpenedPhoto): Promise<void> {
    const { reviewed, facts } = photo.fetched
    const step = scoresStep(facts.layers, facts.mask.origin)
    const maps = step && (await bytes.scoreMaps(reviewed.project, step.blob, step.step).catch(() => undefined))
    if (maps === undefined) return // the tools say that there are no maps
    photo.resources.grid = maps
    photo.editor.refresh()
  }
}
