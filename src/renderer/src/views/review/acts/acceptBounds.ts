import type { ReviewOrder, ReviewRule } from '../../../../../shared/contract/reviewQueue'
import { settledStates, type ReviewState } from '../../../../../shared/contract/states'
import { reviewTexts } from '../../../texts/review'

/** A bound on the number that an order goes by, beyond which masks are good enough to be accepted unseen. */
export interface AcceptBound {
  readonly text: string
  /** Which side of it is accepted. */
  readonly side: 'atLeast' | 'atMost'
  readonly step: number
  /** The largest that makes sense; undefined: there is no such. */
  readonly most: number | undefined
}

const texts = reviewTexts.acceptAll.bound
const bounds: Readonly<Partial<Record<ReviewOrder, AcceptBound>>> = {
  gain: { text: texts.gain, side: 'atMost', step: 0.005, most: undefined },
  margin: { text: texts.margin, side: 'atLeast', step: 0.05, most: 1 },
  entropy: { text: texts.entropy, side: 'atMost', step: 0.05, most: 1 },
  runs: { text: texts.runs, side: 'atMost', step: 0.01, most: 1 },
  labels: { text: texts.labels, side: 'atMost', step: 1, most: undefined },
}

/** Of an order that says how sure a mask is; undefined of the others, which give no number to go by. */
export function acceptBound(order: ReviewOrder): AcceptBound | undefined {
  return bounds[order]
}

/**
 * States whose photos a rule may accept, of a list of these states: what was accepted stays as it is, and of a list of all
 * states only what nobody has decided on.
 */
export function acceptedStates(listed: readonly ReviewState[]): ReviewState[] {
  const settled: readonly ReviewState[] = settledStates
  return listed.length === 0 ? ['unreviewed'] : listed.filter(state => !settled.includes(state))
}

/** The number that an order goes by, over a list. */
export interface ListedValues {
  readonly least: number
  readonly most: number
  /** What three quarters of the list are less sure than: a bound to begin with. */
  readonly sure: number
}

/** @param values of some photos of the list, evenly spread over its order: the most doubtful first */
export function listedValues(values: readonly (number | null)[]): ListedValues | undefined {
  const known = values.filter(value => value !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const sure = known[Math.floor(0.75 * (known.length - 1))]
  return sure === undefined ? undefined : { least, most, sure: Number(sure.toPrecision(3)) }
}

/**
 * What a rule asks for beside its list.
 * @param typed what stands in the field: a text while it is no number
 * @returns undefined where a bound is wanted and none is typed: nothing may be accepted then
 */
export function boundOfRule(
  order: ReviewOrder,
  wanted: boolean,
  typed: number | string,
): Pick<ReviewRule, 'atLeast' | 'atMost'> | undefined {
  const bound = bounds[order]
  if (bound === undefined || !wanted) return {}
  return typeof typed === 'number' && Number.isFinite(typed) ? { [bound.side]: typed } : undefined
}
