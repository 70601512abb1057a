import type { ImageFilter } from '../../../../shared/contract/imageFilter'
import { labTexts } from '../../texts/thresholdLab'

/** A choice of photos to measure on, as the address names it (`lab=`). */
export interface LabSubset {
  readonly key: string
  readonly title: string
  readonly filter: ImageFilter
}

/** What can be chosen: the filter of the address where there is one, all photos, those of the class shown, each split. */
export function labSubsets(
  filter: ImageFilter,
  shownClass: { readonly place: number; readonly name: string } | undefined,
  splits: readonly string[],
): readonly LabSubset[] {
  const filtered = Object.keys(filter).length > 0
  return [
    ...(filtered ? [{ key: 'filter', title: labTexts.subsets.filter, filter }] : []),
    { key: 'all', title: labTexts.subsets.all, filter: {} },
    ...(shownClass === undefined
      ? []
      : [
          {
            key: `class-${shownClass.place}`,
            title: labTexts.subsets.ofClass(shownClass.name),
            filter: { classes: [shownClass.place] },
          },
        ]),
    ...(splits.length < 2
      ? []
      : splits.map(split => ({ key: `split-${split}`, title: labTexts.subsets.split(split), filter: { split } }))),
  ]
}
