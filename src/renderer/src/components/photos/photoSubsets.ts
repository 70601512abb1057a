import type { ImageFilter } from '../../../../shared/contract/imageFilter'
import { subsetTexts } from '../../texts/subsets'

/** A choice of photos to measure on, as an address names it by its key. */
export interface PhotoSubset {
  readonly key: string
  readonly title: string
  readonly filter: ImageFilter
}

export interface SubsetSource {
  /** Of the address, where it has one. */
  readonly filter?: ImageFilter
  /** Classes whose photos may be chosen. */
  readonly classes: readonly { readonly place: number; readonly name: string }[]
  /** Of the project. */
  readonly splits: readonly string[]
}

/** What can be chosen: what the filter means where there is one, all photos, each split where there are several, classes. */
export function photoSubsets({ filter = {}, classes, splits }: SubsetSource): readonly PhotoSubset[] {
  const ofSplits = splits.length < 2 ? [] : splits
  return [
    ...(Object.keys(filter).length > 0 ? [{ key: 'filter', title: subsetTexts.filter, filter }] : []),
    { key: 'all', title: subsetTexts.all, filter: {} },
    ...ofSplits.map(split => ({ key: `split-${split}`, title: subsetTexts.split(split), filter: { split } })),
    ...classes.map(({ place, name }) => ({
      key: `class-${place}`,
      title: subsetTexts.ofClass(name),
      filter: { classes: [place] },
    })),
  ]
}
