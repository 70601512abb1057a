import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ReviewMask, ReviewSource } from '../../../../shared/contract/review'
import type { Refusal, ToolId } from '../../editor/core/tool'
import type { OpenedPhoto } from './openedPhoto'
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

/** The photo that is edited, those that were just left, and those that come next. */
export function useReviewDesk(key: () => DeskKey, refused: (refusal: Refusal) => void) {
  const current = shallowRef<OpenedPhoto>()
  const error = shallowRef<unknown>()
  const { revision, savings, saving, hand, begin, takeUp, putDown } = useEditing(refused)
  const photos = useFetchedPhotos(key)
  const opened = useOpenedPhotos(image => savings.delete(image))
  let asked = 0

  async function open(): Promise<void> {
    const { image } = key()
    const question = ++asked
    if (image === undefined) return
    leave()
    try {
      const name = photos.nameOf(image)
      const photo = opened.get(name) ?? begin(await photos.fetchOnce(image))
      if (question !== asked) return
      opened.keep(name, photo)
      photos.forget(image)
      takeUp(photo)
      ;[current.value, error.value] = [photo, undefined]
    } catch (cause) {
      if (question === asked) [current.value, error.value] = [undefined, cause]
    }
  }

  function leave(): void {
    if (current.value !== undefined) putDown(current.value)
  }

  /** Fetches the photo anew: what is on the disk is another mask than the one here. */
  async function reload(): Promise<void> {
    const { image } = key()
    if (image === undefined) return
    opened.forget(photos.nameOf(image))
    photos.forget(image)
    await open()
  }

  /** Fetches a photo that will be asked for. */
  function prefetch(image: number): void {
    if (opened.get(photos.nameOf(image)) === undefined) void photos.fetchOnce(image).catch(() => undefined)
  }

  /** The server says how a mask stands now. */
  function follow(image: number, mask: ReviewMask): void {
    photos.forget(image)
    opened.get(photos.nameOf(image))?.saver.follow(mask)
  }

  const choose = (tool: ToolId) => current.value?.editor.choose((hand.tool = tool))
  watch(
    () => photos.nameOf(key().image ?? 0),
    () => void open(),
    { immediate: true },
  )
  onScopeDispose(leave)
  return {
    ...{ current, error, revision, savings, saving, opened },
    ...{ open, reload, prefetch, follow, choose },
  }
}
