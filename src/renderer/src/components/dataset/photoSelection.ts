import type { ImageFilter, PhotoChoice } from '../../../../shared/contract/imageFilter'

/**
 * Which photos of a list are selected: those that were toggled, or all but those that were. All of 100,000 photos are so
 * selected without naming one.
 */
export interface PhotoSelection {
  readonly all: boolean
  readonly toggled: ReadonlySet<number>
}

export const nothingSelected: PhotoSelection = { all: false, toggled: new Set() }
export const allSelected: PhotoSelection = { all: true, toggled: new Set() }

export function isSelected({ all, toggled }: PhotoSelection, id: number): boolean {
  return all !== toggled.has(id)
}

/** @param total photos in the list */
export function selectedCount({ all, toggled }: PhotoSelection, total: number): number {
  return all ? Math.max(0, total - toggled.size) : toggled.size
}

export function toggled(selection: PhotoSelection, id: number): PhotoSelection {
  const ids = new Set(selection.toggled)
  if (!ids.delete(id)) ids.add(id)
  return { ...selection, toggled: ids }
}

/** The selection with these photos in it too. */
export function extended({ all, toggled }: PhotoSelection, ids: readonly number[]): PhotoSelection {
  const next = new Set(toggled)
  for (const id of ids)
    if (all) next.delete(id)
    else next.add(id)
  return { all, toggled: next }
}

/** The selection as a request names it. @param filter of the list that it was made in */
export function choiceOf({ all, toggled }: PhotoSelection, filter: ImageFilter): PhotoChoice {
  return all ? { filter, except: [...toggled] } : { ids: [...toggled] }
}
