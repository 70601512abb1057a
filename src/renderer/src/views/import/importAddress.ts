import type { LocationQuery, LocationQueryRaw } from 'vue-router'

export const importSteps = ['place', 'source', 'mapping', 'import', 'report'] as const
export type ImportStep = (typeof importSteps)[number]

/** What a person has said so far. The address holds all of it: a reload, a link or a step back lose nothing. */
export interface ImportDraft {
  readonly step: ImportStep
  /** Where a new project is to be made. */
  readonly parent: string
  readonly name: string
  /** The dataset: a folder or a file. */
  readonly path: string
  /** Empty: what the path looks like. */
  readonly format: string
  readonly images: string
  readonly labels: string
  readonly masks: string
  readonly split: string
  readonly difficult: string
  readonly crowd: string
  /** Names of the classes where the source has none, a line each. */
  readonly names: string
  /** Chosen classes as places in the source's list, `2.0.1`; empty: all of them, as they come. */
  readonly classes: string
  /** The work, while it goes on. */
  readonly task: string
  /** The report, once there is one. */
  readonly report: string
  /** The project was made by this import: its first step is shown as done. */
  readonly fresh: string
}

const texts = ['parent', 'name', 'path', 'format', 'images', 'labels', 'masks', 'split', 'difficult', 'crowd'] as const
const others = ['names', 'classes', 'task', 'report', 'fresh'] as const
const keys = [...texts, ...others]

/** @param first the step that an address without one means */
export function readDraft(query: LocationQuery, first: ImportStep): ImportDraft {
  const text = (key: string) => (typeof query[key] === 'string' ? query[key] : '')
  const step = importSteps.find(each => each === text('step')) ?? first
  return { step, ...(Object.fromEntries(keys.map(key => [key, text(key)])) as Record<(typeof keys)[number], string>) }
}

/** What says nothing is left out, so that an address stays as short as it can be. */
export function draftQuery(draft: ImportDraft): LocationQueryRaw {
  const said = keys.filter(key => draft[key] !== '').map(key => [key, draft[key]])
  return { step: draft.step, ...Object.fromEntries(said) }
}

/** Another dataset: what was said of the one before means nothing in it. */
export function withPath(draft: ImportDraft, path: string): Partial<ImportDraft> {
  if (path === draft.path) return {}
  const ofDataset = ['images', 'labels', 'masks', 'split', 'difficult', 'crowd', 'names', 'classes'] as const
  return { path, ...Object.fromEntries(ofDataset.map(key => [key, ''])) }
}

/** The chosen names, in the order they are to have. @returns undefined where all are taken as they come */
export function chosenNames(classes: string, source: readonly string[]): readonly string[] | undefined {
  if (classes === '') return undefined
  const places = classes.split('.').map(Number)
  return places.flatMap(place => source[place] ?? [])
}

/** The opposite: empty where the names are the source's, all and in its order. */
export function chosenPlaces(names: readonly string[], source: readonly string[]): string {
  if (names.length === source.length && names.every((name, place) => name === source[place])) return ''
  const placeOf = new Map(source.map((name, place) => [name, place]))
  return names.map(name => placeOf.get(name)).join('.')
}
