import type { PreviewClass } from '../../../../shared/contract/import'

/** Takes a class behind the others, or leaves it out. */
export function toggled(chosen: readonly string[], name: string): readonly string[] {
  return chosen.includes(name) ? chosen.filter(other => other !== name) : [...chosen, name]
}

/** Moves a class by places, as far as there are any. */
export function moved(chosen: readonly string[], name: string, by: number): readonly string[] {
  const from = chosen.indexOf(name)
  const to = Math.max(0, Math.min(chosen.length - 1, from + by))
  if (from < 0 || from === to) return chosen
  const others = chosen.filter(other => other !== name)
  return [...others.slice(0, to), name, ...others.slice(to)]
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Orders that people ask for. None of them takes or leaves a class. */
export const orderings = {
  byName: (chosen: readonly string[]) => chosen.toSorted(collator.compare),
  /** The most frequent first. */
  byCount: (chosen: readonly string[], classes: readonly PreviewClass[]) => {
    const photos = new Map(classes.map(each => [each.name, each.photos ?? 0]))
    return chosen.toSorted((a, b) => photos.get(b)! - photos.get(a)! || collator.compare(a, b))
  },
  asGiven: (chosen: readonly string[], classes: readonly PreviewClass[]) =>
    classes.map(({ name }) => name).filter(name => chosen.includes(name)),
} as const
