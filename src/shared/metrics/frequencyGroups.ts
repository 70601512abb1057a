/** Classes by how many photos they have, as in reports on long tails (Wu et al. 2020, Distribution-Balanced Loss). */
export const frequencyGroups = ['many', 'medium', 'few'] as const
export type FrequencyGroup = (typeof frequencyGroups)[number]

/** COCO's classes, and how many of them are many and medium: no share of the ranks gives both. */
const COCO = { classes: 80, many: 22, medium: 33 } as const

/**
 * The group of each class as SFC reports them: the first three tenths of the classes by their photos
 * are many, the next three medium, the others few. Wu et al. part by fixed counts that a full VOC or COCO never meets;
 * these are the shares of the ranks that their groups have: 6, 6 and 8 of VOC's 20 classes. 80 classes are taken for
 * COCO's, 22, 33 and 25, whosever they are: counts do not say what they are of. Of classes with as many photos the earlier
 * is the more frequent. The long tail of the window, head, mid and tail, is another: `tailParts` (longTail.ts).
 *
 * @param counts photos of each class
 */
export function groupsByFrequency(counts: readonly number[]): FrequencyGroup[] {
  const threeTenths = Math.round(0.3 * counts.length)
  const { many, medium } = counts.length === COCO.classes ? COCO : { many: threeTenths, medium: threeTenths }
  const descending = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]!)
  const groups = new Array<FrequencyGroup>(counts.length).fill('few')
  descending.slice(0, many).forEach(place => (groups[place] = 'many'))
  descending.slice(many, many + medium).forEach(place => (groups[place] = 'medium'))
  return groups
}

/**
 * The mean of each group's values; null where the group has none. IoU is no function of frequency, so that only the
 * difference of two methods' means says what a method does for the tail.
 *
 * @param values of each class, e.g. its IoU; null where there is none
 */
export function meansByGroup(
  values: readonly (number | null)[],
  groups: readonly FrequencyGroup[],
): Readonly<Record<FrequencyGroup, number | null>> {
  const meanOf = (group: FrequencyGroup) => {
    const known = values.filter((value, c): value is number => groups[c] === group && value !== null)
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
  }
  return { many: meanOf('many'), medium: meanOf('medium'), few: meanOf('few') }
}
