import { storeToRefs } from 'pinia'
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ReviewMask, ReviewSource } from '../../../../../shared/contract/review'
import { newestOnly } from '../../../../../shared/newestOnly'
import type { ToolId } from '../../../editor/core/tool'
import type { OpenedPhoto } from './openedPhoto'
import type { FetchedPhoto } from './openPhoto'
import { useDeskStore, type DeskRefusals } from './useDeskStore'
import { useFetchedPhotos } from './useFetchedPhotos'

export interface DeskKey {
  readonly project: string
  readonly source: ReviewSource | null
  readonly image: number | undefined
  /** Pixels of a photo's longer side at most. */
  readonly longest: number
}

/** The photo that is edited, those that were just left, and those that come next. */
export function useReviewDesk(key: () => DeskKey, refused: DeskRefusals) {
  const current = shallowRef<OpenedPhoto>()
  const error = shallowRef<unknown>()
  const desk = useDeskStore()
  const exit = desk.enter(key().project, refused)
  const photos = useFetchedPhotos(key)
  const questions = newestOnly()

  /** A photo that was opened or fetched before is on the desk when this returns; another one once it has come. */
  async function open(): Promise<void> {
    const { image } = key()
    const isNewest = questions.ask()
    if (image === undefined) return
    leave()
    const name = photos.nameOf(image)
    try {
      const here = photos.here(image)
      const known = desk.photos.get(name) ?? (here && desk.begin(here))
      if (known !== undefined) return take(name, known)
      const fetched = await photos.fetchOnce(image)
      if (isNewest()) take(name, desk.begin(fetched))
    } catch (cause) {
      if (isNewest()) [current.value, error.value] = [undefined, cause]
    }
  }

  function take(name: string, photo: OpenedPhoto): void {
    photos.forget(photo.image)
    desk.takeUp(name, photo)
    ;[current.value, error.value] = [photo, undefined]
  }

  const leave = () => current.value && desk.putDown(current.value)

  /** Fetches the photo anew: what is on the disk is another mask than the one here. */
  async function reload(): Promise<void> {
    const { image } = key()
    if (image === undefined) return
    desk.photos.forget(photos.nameOf(image))
    photos.forget(image)
    await open()
  }

  /** Fetches a photo that will be asked for. @returns undefined where it is open, or cannot be: it says why when it is */
  async function prefetch(image: number): Promise<FetchedPhoto | undefined> {
    if (desk.photos.get(photos.nameOf(image)) !== undefined) return undefined
    return photos.fetchOnce(image).catch(() => undefined)
  }

  /** Of a photo that is on the desk or was left on it. */
  const saverOf = (image: number) => desk.photos.get(photos.nameOf(image))?.saver

  /** The server says how a mask stands now. */
  function follow(image: number, mask: ReviewMask): void {
    photos.forget(image)
    saverOf(image)?.follow(mask)
  }

  /** Those that are edited or were, of this project. */
  const opened = () => desk.photos.ofProject(key().project)
  watch(
    () => photos.nameOf(key().image ?? 0),
    () => void open(),
    { immediate: true },
  )
  onScopeDispose(questions.withdraw)
  onScopeDispose(leave)
  onScopeDispose(exit)
  return {
    ...{ current, error, revision: storeToRefs(desk).revision, opened, kept: desk.photos },
    ...{ open, reload, prefetch, follow, saverOf },
    choose: (tool: ToolId) => desk.choose(tool, current.value),
  }
}
