import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ReviewMask, ReviewSource } from '../../../../shared/contract/review'
import type { LabelDocument } from '../../editor/core/labelDocument'
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

/** What of a photo goes to the graphics card. */
export interface DrawnPhoto {
  readonly picture: ImageBitmap
  readonly document: LabelDocument
}

/** The photo that is edited, those that were just left, and those that come next. */
export function useReviewDesk(key: () => DeskKey, refused: (refusal: Refusal) => void) {
  const current = shallowRef<OpenedPhoto>()
  const error = shallowRef<unknown>()
  const { revision, savings, saving, hand, begin, takeUp, putDown } = useEditing(refused)
  const photos = useFetchedPhotos(key)
  const opened = useOpenedPhotos(image => savings.delete(image))
  let asked = 0

  /** A photo that was opened or fetched before is on the desk when this returns; another one once it has come. */
  async function open(): Promise<void> {
    const { image } = key()
    const question = ++asked
    if (image === undefined) return
    leave()
    const name = photos.nameOf(image)
    const known = opened.get(name)
    const here = photos.here(image)
    if (known !== undefined) return take(name, known)
    if (here !== undefined) return take(name, begin(here))
    try {
      const fetched = await photos.fetchOnce(image)
      if (question === asked) take(name, begin(fetched))
    } catch (cause) {
      if (question === asked) [current.value, error.value] = [undefined, cause]
    }
  }

  function take(name: string, photo: OpenedPhoto): void {
    opened.keep(name, photo)
    photos.forget(photo.image)
    takeUp(photo)
    ;[current.value, error.value] = [photo, undefined]
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

  /** Fetches a photo that will be asked for. @returns undefined where it cannot be: it says why when it is */
  async function prefetch(image: number): Promise<DrawnPhoto | undefined> {
    const known = opened.get(photos.nameOf(image))
    if (known !== undefined) return { picture: known.fetched.picture, document: known.editor.document }
    const fetched = await photos.fetchOnce(image).catch(() => undefined)
    return fetched && { picture: fetched.picture, document: fetched.mask.document }
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
