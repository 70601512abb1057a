import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { Size } from '../../../shared/raster/size'

/** Size of an element's content in whole CSS px, as it is now; 0 × 0 until it is on the page. */
export function useElementSize(element: Readonly<ShallowRef<HTMLElement | null>>): Readonly<ShallowRef<Size>> {
  const size = shallowRef<Size>({ width: 0, height: 0 })
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry?.contentRect ?? size.value
    size.value = { width: Math.floor(width), height: Math.floor(height) }
  })
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before)
      if (now) observer.observe(now)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => observer.disconnect())
  return size
}
