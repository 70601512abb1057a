import type { ImportPreview, PreviewClass, PreviewSample } from '../../../shared/contract/import'
import type { DatasetDraft, DraftPhoto, NamedLabels } from './defineFormat'
import { importSource } from './importSource'
import type { SourceOptions } from './importSource'
import { findFormat } from '../index'

export interface PreviewOptions extends SourceOptions {
  readonly format: string
  /** Classes of the project that the dataset goes into; none for a new one. */
  readonly projectClasses: readonly string[]
  readonly signal?: AbortSignal
}

/** Rows of photos and skipped files that a person looks through before they begin. */
const shownSamples = 24
const shownSkipped = 50

/** Reads lists and labels as the import does, and says what it would bring. */
export async function previewDataset({
  format,
  projectClasses,
  signal,
  ...options
}: PreviewOptions): Promise<ImportPreview> {
  const source = importSource(options)
  const draft = await findFormat(format).read(source, signal)
  const fromMasks = draft.photos.some(({ labels }) => labels === 'from-mask')
  const taken = projectClasses.length > 0 ? projectClasses : (source.classes ?? draft.classes)
  return {
    format,
    photos: draft.photos.length,
    masks: draft.photos.filter(({ mask }) => mask !== undefined).length,
    splits: splitCounts(draft.photos),
    classes: classesOf(draft, taken, fromMasks),
    classesAreFixed: projectClasses.length > 0,
    withoutLabels: fromMasks ? null : countWithout(draft.photos, new Set(taken)),
    samples: samplesOf(draft.photos),
    skipped: { total: draft.skipped.length, first: draft.skipped.slice(0, shownSkipped) },
    notes: draft.notes,
  }
}

function classesOf(draft: DatasetDraft, taken: readonly string[], fromMasks: boolean): readonly PreviewClass[] {
  const [present, unknown] = [new Map<string, number>(), new Map<string, number>()]
  for (const { labels } of draft.photos) {
    if (labels === 'from-mask') continue
    for (const name of new Set(labels.present)) present.set(name, (present.get(name) ?? 0) + 1)
    for (const name of new Set(labels.unknown)) unknown.set(name, (unknown.get(name) ?? 0) + 1)
  }
  const named = new Set([...taken, ...draft.classes, ...(draft.maskNames ?? []), ...present.keys(), ...unknown.keys()])
  const chosen = new Set(taken)
  const known = fromMasks ? undefined : present
  return [...named]
    .filter(name => chosen.has(name) || present.has(name) || unknown.has(name) || draft.classes.includes(name))
    .map(name => ({
      name,
      photos: known === undefined ? null : (known.get(name) ?? 0),
      unknown: unknown.get(name) ?? 0,
      chosen: chosen.has(name),
    }))
}

function countWithout(photos: readonly DraftPhoto[], chosen: ReadonlySet<string>): number {
  return photos.filter(({ labels }) => !(labels as NamedLabels).present.some(name => chosen.has(name))).length
}

function splitCounts(photos: readonly DraftPhoto[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const { split } of photos) counts.set(split, (counts.get(split) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function samplesOf(photos: readonly DraftPhoto[]): readonly PreviewSample[] {
  const step = Math.max(1, photos.length / shownSamples)
  const places = Array.from({ length: Math.min(shownSamples, photos.length) }, (_, i) => Math.floor(i * step))
  return places.map(place => {
    const { path, stem, split, labels, mask } = photos[place]!
    return { path, stem, split, labels: labels === 'from-mask' ? null : labels.present, mask: mask !== undefined }
  })
}
