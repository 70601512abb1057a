import { computed } from 'vue'
import { usualLook, type DeskLook } from '../../../components/review/deskLook'
import { usePreferencesStore } from '../../../stores/preferences'

/** How mask and photo are drawn: a person's own choice, kept by the browser. */
export function useReviewLook() {
  const preferences = usePreferencesStore()
  const look = computed<DeskLook>(() => ({ ...usualLook, ...preferences.reviewLook }))

  function change(changes: Partial<DeskLook>): void {
    preferences.reviewLook = { ...preferences.reviewLook, ...changes }
  }

  /** As the renderer takes it. */
  const drawn = computed(() => {
    const { opacity, outline, lines, pixelGrid, brightness, contrast } = look.value
    return {
      opacity: outline ? 0 : opacity,
      contour: outline || lines,
      look: { brightness, contrast, pixelGrid, colouredLines: true },
    }
  })

  return {
    ...{ look, change, drawn },
    /** @param by of 1 */
    changeOpacity: (by: number) =>
      change({ opacity: Math.min(1, Math.max(0, Math.round((look.value.opacity + by) * 10) / 10)) }),
    toggleOutline: () => change({ outline: !look.value.outline }),
  }
}
