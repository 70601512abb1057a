import { onScopeDispose, ref, watch, type ShallowRef } from 'vue'
import { superpixelQuerySchema } from '../../../../../shared/contract/superpixels'
import { isCancellation } from '../../../../../shared/errors'
import { superpixelsAtPhotoSize } from '../../../../../shared/tensors/superpixelMap'
import { errorOf } from '../../../api/errorOf'
import { fetchSuperpixels } from '../../../api/superpixels'
import { useNoticesStore } from '../../../stores/notices'
import type { OpenedPhoto } from './openedPhoto'

/** A slider passes many values on its way to the one that is meant, ms. */
const cutAfterMs = 250

/**
 * The photo's superpixels, cut when their tool is taken up and again when their size is changed: a second or two, while
 * which `cutting` says so.
 * @param spacing pixels of the photo from one to the next; undefined: they are not wanted
 */
export function useSuperpixels(
  current: Readonly<ShallowRef<OpenedPhoto | undefined>>,
  spacing: () => number | undefined,
): { readonly cutting: Readonly<{ value: boolean }> } {
  const notices = useNoticesStore()
  const cutting = ref(false)
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function cut(photo: OpenedPhoto, wanted: number): Promise<void> {
    const { signal } = (abort = new AbortController())
    try {
      const { project } = photo.fetched.reviewed
      const query = superpixelQuerySchema.parse({ spacing: wanted })
      const found = await fetchSuperpixels(project, photo.image, query, signal)
      photo.resources.cutInto(wanted, superpixelsAtPhotoSize(found, photo.editor.document.size))
      photo.editor.refresh()
    } catch (error) {
      if (!isCancellation(error)) notices.say({ kind: 'error', text: errorOf(error).message })
    } finally {
      if (!signal.aborted) cutting.value = false
    }
  }

  function stop(): void {
    clearTimeout(timer)
    abort.abort()
  }

  watch([current, spacing], ([photo, wanted], [before]) => {
    stop()
    cutting.value = photo !== undefined && wanted !== undefined && photo.resources.spacing !== wanted
    if (photo === undefined || wanted === undefined || !cutting.value) return
    const isSlid = photo === before && photo.resources.spacing !== undefined
    timer = setTimeout(() => void cut(photo, wanted), isSlid ? cutAfterMs : 0)
  })
  onScopeDispose(stop)
  return { cutting }
}
