import { createHash } from 'node:crypto'

/** A photo and the classes it shows. */
export interface LabelledPhoto {
  readonly name: string
  readonly classes: readonly string[]
}

/**
 * Cuts a long tail out of a dataset: as many photos of each class as its quota says, the rarest class first, so that no
 * common class uses up its photos. A photo is left out when it would carry a class beyond its quota. Which photos: by the
 * hash of their names, the same on every machine.
 */
export function longTailCut(
  photos: readonly LabelledPhoto[],
  quotas: Readonly<Record<string, number>>,
): readonly LabelledPhoto[] {
  const hash = (name: string) => createHash('sha256').update(name).digest('hex')
  const shuffled = [...photos].sort((a, b) => (hash(a.name) < hash(b.name) ? -1 : 1))
  const counts = new Map(Object.keys(quotas).map(name => [name, 0]))
  const chosen = new Set<LabelledPhoto>()
  const room = ({ classes }: LabelledPhoto) =>
    classes.every(name => !counts.has(name) || counts.get(name)! < quotas[name]!)
  for (const [name] of Object.entries(quotas).sort(([, a], [, b]) => a - b))
    for (const photo of shuffled) {
      if (counts.get(name)! >= quotas[name]!) break
      if (chosen.has(photo) || !photo.classes.includes(name) || !room(photo)) continue
      chosen.add(photo)
      for (const own of photo.classes) if (counts.has(own)) counts.set(own, counts.get(own)! + 1)
    }
  return photos.filter(photo => chosen.has(photo))
}
