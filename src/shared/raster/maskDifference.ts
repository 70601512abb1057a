import { WorkbenchError } from '../errors'
import { VOID } from './palette'

/** What became of a pixel between two masks, judged by the truth; with one mask, what is wrong with it. */
export const differences = [
  'right', // in both
  'void', // the truth says nothing
  'missed', // the chosen class is there and neither mask says so
  'extra', // the chosen class is not there and both say so; without a chosen class: wrong in both
  'gained', // wrong in the first, right in the second
  'lost', // right in the first, wrong in the second
] as const
export type DifferenceKind = (typeof differences)[number]

export interface MaskDifference {
  /** `[pixels]`: places in `differences`. */
  readonly kinds: Uint8Array
  /** Pixels by place in `differences`. */
  readonly counts: readonly number[]
}

const [RIGHT, NOTHING, MISSED, EXTRA, GAINED, LOST] = [0, 1, 2, 3, 4, 5]

/**
 * Compares two masks by the truth, of one class or of all. A void pixel of a mask says background.
 *
 * @param truth  `[pixels]` labels, 255 void
 * @param first  `[pixels]` labels
 * @param second `[pixels]` labels; the same array as `first`: the mistakes of one mask
 * @param label  only whether this label is there; undefined: every label
 */
export function maskDifference(
  truth: Uint8Array,
  first: Uint8Array,
  second: Uint8Array,
  label: number | undefined,
): MaskDifference {
  if (truth.length !== first.length || truth.length !== second.length)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `masks of ${first.length} and ${second.length} pixels do not lie on a truth of ${truth.length}`,
    )
  const kinds = new Uint8Array(truth.length)
  const counts = new Array<number>(differences.length).fill(0)
  for (let i = 0; i < truth.length; i++) {
    const kind = kindOf(truth[i]!, said(first[i]!), said(second[i]!), label)
    kinds[i] = kind
    counts[kind]!++
  }
  return { kinds, counts }
}

function kindOf(truth: number, first: number, second: number, label: number | undefined): number {
  if (truth === VOID) return NOTHING
  const right = (mask: number) => (label === undefined ? mask === truth : (mask === label) === (truth === label))
  if (right(first)) return right(second) ? RIGHT : LOST
  if (right(second)) return GAINED
  return label !== undefined && truth === label ? MISSED : EXTRA
}

function said(label: number): number {
  return label === VOID ? 0 : label
}
