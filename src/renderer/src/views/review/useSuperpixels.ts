import { onScopeDispose, ref, watch, type ShallowRef } from 'vue'
import { superpixelQuerySchema } from '../../../../shared/contract/superpixels'
import { isCancellation } from '../../../../shared/errors'
import { superpixelsAtPhotoSize } from '../../../../shared/tensors/superpixelMap'
import { errorOf } from '../../api/errorOf'
import { fetchSuperpixels } from '../../api/superpixels'
import { useNoticesStore } from '../../stores/notices'
import type { OpenedPhoto } from './openedPhoto'

/** The photo's superpixels, cut when their tool is taken up: a second or two, while which `cutting` says so. */
export function useSuperpixels(
  current: Readonly<ShallowRef<OpenedPhoto | undefined>>,
  isWanted: () => boolean,
): { readonly cutting: Readonly<{ value: boolean }> } {
  const notices = useNoticesStore()
  const cutting = ref(false)
  let abort = new AbortController()

  async function cut(photo: OpenedPhoto): Promise<void> {
    const { signal } = (abort = new AbortController())
    cutting.value = true
    try {
      const { project } = photo.fetched.reviewed
      const found = await fetchSuperpixels(project, photo.image, superpixelQuerySchema.parse({}), signal)
      photo.resources.segments = superpixelsAtPhotoSize(found, photo.editor.document.size)
      photo.editor.refresh()
    } catch (error) {
      if (!isCancellation(error)) notices.say({ kind: 'error', text: errorOf(error).message })
    } finally {
      if (!signal.aborted) cutting.value = false
    }
  }

  watch(
    () => (isWanted() ? current.value : undefined),
    photo => {
      abort.abort()
      cutting.value = false
      if (photo !== undefined && photo.resources.superpixels() === undefined) void cut(photo)
    },
  )
  onScopeDispose(() => abort.abort())
  return { cutting }
}
