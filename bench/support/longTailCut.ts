/** A photo and the classes it shows. */
export interface LabelledPhoto {
  readonly name: string
  readonly classes: readonly string[]
}

/**
 * Cuts a long tail out of a dataset: as many photos of each class as its quota says, the rarest class first, so that no
 * common class uses up its photos. A photo is left out when it would carry a class beyond its quota. The first photos that
 * fit are taken: in the order of `voc-animals`' table, quotas of 120, 80, 45, 25, 12 and 6 are all met by 240 photos.
 */
export function longTailCut(
  photos: readonly LabelledPhoto[],
  quotas: Readonly<Record<string, number>>,
): readonly LabelledPhoto[] {
  const counts = new Map(Object.keys(quotas).map(name => [name, 0]))
  const chosen = new Set<LabelledPhoto>()
  const room = ({ classes }: LabelledPhoto) =>
    classes.every(name => !counts.has(name) || counts.get(name)! < quotas[name]!)
  for (const [name] of Object.entries(quotas).sort(([, a], [, b]) => a - b))
    for (const photo of photos) {
      if (counts.get(name)! >= quotas[name]!) break
      if (chosen.has(photo) || !photo.classes.includes(name) || !room(photo)) continue
      chosen.add(photo)
      for (const own of photo.classes) if (counts.has(own)) counts.set(own, counts.get(own)! + 1)
    }
  return photos.filter(photo => chosen.has(photo))
}
