import type { PhotoLabel } from '../../../../shared/contract/photos'

/** One class of a photo as its tile shows it. */
export interface LabelChip {
  readonly place: number
  /** As much of the class's name as there is room for; a name that nobody is sure of ends in a question mark. */
  readonly text: string
  readonly unknown: boolean
  readonly corrected: boolean
}

export interface LabelChips {
  readonly chips: readonly LabelChip[]
  /** Classes for which there is no room. */
  readonly hidden: number
  /** All of them, whole. */
  readonly names: string
}

/** A letter as a person counts them: of a flag or an accent nothing is cut away. */
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * The classes of a photo in one line.
 * @param most  chips that fit; the rest is counted
 * @param width letters of a name that fit where there is more than one
 */
export function labelChips(
  labels: readonly PhotoLabel[],
  classes: readonly string[],
  most: number,
  width: number,
): LabelChips {
  const told = labels.filter(({ state }) => state !== 'absent')
  const shown = told.slice(0, told.length > most ? Math.max(1, most - 1) : most)
  const nameOf = ({ place }: PhotoLabel) => classes[place] ?? String(place)
  const mark = ({ state }: PhotoLabel) => (state === 'unknown' ? '?' : '')
  return {
    chips: shown.map(label => ({
      place: label.place,
      text: (shown.length > 1 ? shortened(nameOf(label), width) : nameOf(label)) + mark(label),
      unknown: label.state === 'unknown',
      corrected: label.source === 'corrected',
    })),
    hidden: told.length - shown.length,
    names: told.map(label => nameOf(label) + mark(label)).join(', '),
  }
}

/** At most so many letters of a name, the last one an ellipsis where some are left out. */
export function shortened(name: string, width: number): string {
  if (name.length <= width) return name
  const all = [...letters.segment(name)]
  if (all.length <= width) return name
  return `${all
    .slice(0, width - 1)
    .map(({ segment }) => segment)
    .join('')
    .trimEnd()}…`
}
