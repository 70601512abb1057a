import type { LabelSummary } from '../../../../shared/contract/datasetStats'
import type { PhotoLabel } from '../../../../shared/contract/photos'
import type { LabelState } from '../../../../shared/contract/states'

/** One class in one or many photos, as the label editor shows it. */
export interface LabelRow {
  readonly place: number
  /** What holds in all of the photos; null where they differ. */
  readonly state: LabelState | null
  /** Photos in which it is present. */
  readonly present: number
  readonly photos: number
  /** Photos in which a person corrected it. */
  readonly corrected: number
  /** What the import said, for a single photo. */
  readonly given?: LabelState
}

/** Labels of one photo; what was corrected to absent stays in sight, so that it can be taken back. */
export function rowsOfPhoto(labels: readonly PhotoLabel[]): LabelRow[] {
  return labels.map(({ place, state, source, given }) => ({
    place,
    state,
    present: state === 'present' ? 1 : 0,
    photos: 1,
    corrected: source === 'corrected' ? 1 : 0,
    given,
  }))
}

/** Labels of many photos, those of most photos first. */
export function rowsOfMany(photos: number, classes: readonly LabelSummary[]): LabelRow[] {
  return classes
    .map(({ place, present, unknown, corrected }) => ({
      place,
      present,
      photos,
      corrected,
      state: stateOfAll(photos, present, unknown),
    }))
    .sort((left, right) => right.present - left.present || left.place - right.place)
}

function stateOfAll(photos: number, present: number, unknown: number): LabelState | null {
  if (present === photos) return 'present'
  if (unknown === photos) return 'unknown'
  return present + unknown === 0 ? 'absent' : null
}
