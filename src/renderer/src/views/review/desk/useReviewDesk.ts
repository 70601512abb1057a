import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ReviewMask, ReviewSource } from '../../../../../shared/contract/review'
import type { ErrorData } from '../../../../../shared/errors'
import { newestOnly } from '../../../../../shared/newestOnly'
import type { Refusal, ToolId } from '../../../editor/core/tool'
import type { OpenedPhoto } from './openedPhoto'
import type { FetchedPhoto } from './openPhoto'
import { useEditing } from './useEditing'
import { useFetchedPhotos } from './useFetchedPhotos'
import { useOpenedPhotos } from './useOpenedPhotos'

export interface DeskKey {
  readonly project: string
  readonly source: ReviewSource | null
  readonly image: number | undefined
  /** Pixels of a photo's longer side at most. */
  readonly longest: number
}

/** What is not done, and why. */
export interface DeskRefusals {
  readonly tool: (refusal: Refusal) => void
  /** A decision that was shown already: `mask` is how the photo stands. */
  readonly decision: (image: number, mask: ReviewMask, error: ErrorData) => void
}

/** The photo that is edited, those that were just left, and those that come next. */
export function useReviewDesk(key: () => DeskKey, refused: DeskRefusals) {
  const current = shallowRef<OpenedPhoto>()
  const error = shallowRef<unknown>()
  const { revision, savings, saving, hand, begin, takeUp, putDown } = useEditing(refused)
  const photos = useFetchedPhotos(key)
  const opened = useOpenedPhotos(image => savings.delete(image))
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
      const known = opened.get(name) ?? (here && begin(here))
      if (known !== undefined) return take(name, known)
      const fetched = await photos.fetchOnce(image)
      if (isNewest()) take(name, begin(fetched))
    } catch (cause) {
      if (isNewest()) [current.value, error.value] = [undefined, cause]
    }
  }

  function take(name: string, photo: OpenedPhoto): void {
    opened.keep(name, photo)
    photos.forget(photo.image)
    takeUp(photo)
    ;[current.value, error.value] = [photo, undefined]
  }

  const leave = () => current.value && putDown(current.value)

  /** Fetches the photo anew: what is on the disk is another mask than the one here. */
  async function reload(): Promise<void> {
    const { image } = key()
    if (image === undefined) return
    opened.forget(photos.nameOf(image))
    photos.forget(image)
    await open()
  }

  /** Fetches a photo that will be asked for. @returns undefined where it is open, or cannot be: it says why when it is */
  async function prefetch(image: number): Promise<FetchedPhoto | undefined> {
    if (opened.get(photos.nameOf(image)) !== undefined) return undefined
    return photos.fetchOnce(image).catch(() => undefined)
  }

  /** Of a photo that is on the desk or was left on it. */
  const saverOf = (image: number) => opened.get(photos.nameOf(image))?.saver

  /** The server says how a mask stands now. */
  function follow(image: number, mask: ReviewMask): void {
    photos.forget(image)
    saverOf(image)?.follow(mask)
  }

  const choose = (tool: ToolId) => current.value?.editor.choose((hand.tool = tool))
  watch(
    () => photos.nameOf(key().image ?? 0),
    () => void open(),
    { immediate: true },
  )
  onScopeDispose(questions.withdraw)
  onScopeDispose(leave)
  return {
    ...{ current, error, revision, savings, saving, opened },
    ...{ open, reload, prefetch, follow, saverOf, choose },
  }
}
