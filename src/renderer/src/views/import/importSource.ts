import type { api } from '../../api/client'
import { chosenNames, type ImportDraft } from './importAddress'

/** What the workbench is asked to read. */
export type Source = Parameters<typeof api.imports.start.mutate>[0]['source']

const optional = ['images', 'labels', 'masks', 'split'] as const

/** The source that a draft means, with all of its classes. */
export function sourceOf(draft: ImportDraft): Source {
  const places = optional.filter(key => draft[key].trim() !== '').map(key => [key, draft[key].trim()])
  const names = draft.names.split('\n').flatMap(line => line.trim() || [])
  return {
    path: draft.path.trim(),
    format: draft.format,
    ...(Object.fromEntries(places) as Partial<Record<(typeof optional)[number], string>>),
    ...(draft.difficult === '' ? {} : { difficult: draft.difficult as NonNullable<Source['difficult']> }),
    ...(draft.crowd === '' ? {} : { crowd: draft.crowd as NonNullable<Source['crowd']> }),
    ...(names.length === 0 ? {} : { classes: names }),
  }
}

/** The source with the classes that were chosen of its list. */
export function chosenSource(draft: ImportDraft, names: readonly string[]): Source {
  const chosen = chosenNames(draft.classes, names)
  return chosen === undefined ? sourceOf(draft) : { ...sourceOf(draft), classes: [...chosen] }
}
