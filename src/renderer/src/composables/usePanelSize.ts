import { computed, inject, ref, type InjectionKey, type WritableComputedRef } from 'vue'

/** Sizes of panels in CSS px, by name, kept from day to day. The frame provides it. */
export interface PanelSizes {
  readonly get: (panel: string) => number | undefined
  readonly set: (panel: string, size: number) => void
}

export const panelSizesKey: InjectionKey<PanelSizes> = Symbol('panel sizes')

/** The size of one panel; 0 while it is folded away. */
export function usePanelSize(panel: string, usual: number): WritableComputedRef<number> {
  const alone = ref(usual)
  const sizes = inject(panelSizesKey, { get: () => alone.value, set: (_, size) => (alone.value = size) })
  return computed({ get: () => sizes.get(panel) ?? usual, set: size => sizes.set(panel, size) })
}
