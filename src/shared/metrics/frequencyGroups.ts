/** Classes by how many photos they have, as in reports on long tails (Wu et al. 2020, Distribution-Balanced Loss). */
export const frequencyGroups = ['many', 'medium', 'few'] as const
export type FrequencyGroup = (typeof frequencyGroups)[number]

/** Their classes are parted by fixed counts that a full VOC or COCO never meets, so by the same shares of the ranks. */
const ranks: Readonly<Record<number, readonly [many: number, medium: number]>> = { 20: [6, 6], 80: [22, 33] }

/**
 * The group of each class: the first 6, next 6 and last 8 of VOC's 20 classes by photos, 22, 33 and 25 of COCO's 80,
 * elsewhere three, three and four tenths. Of classes with as many photos the earlier is the more frequent.
 *
 * @param counts photos of each class
 */
export function groupsByFrequency(counts: readonly number[]): FrequencyGroup[] {
  const third = Math.round(0.3 * counts.length)
  const [many, medium] = ranks[counts.length] ?? [third, third]
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
