import { reviewOrders, type ReviewOrder } from '../../../../shared/contract/reviewQueue'
import type { ReviewSource } from '../../../../shared/contract/review'
import { reviewStates, type ReviewState } from '../../../../shared/contract/states'

/** What is reviewed and in which order: the address carries it, so that a link and a reload show the same list. */
export interface ReviewChoice {
  /** Null: the newest masks. */
  readonly source: ReviewSource | null
  readonly order: ReviewOrder
  /** What the order `runs` compares with; null: nothing chosen. */
  readonly against: ReviewSource | null
  /** Of the order `random`. */
  readonly seed: number
  /** Listed states; empty: all. */
  readonly states: readonly ReviewState[]
}

export const usualReview: ReviewChoice = { source: null, order: 'gain', against: null, seed: 0, states: ['unreviewed'] }

/** The address's parts that carry it; a filter of photos stands beside them. */
export const reviewKeys = ['source', 'order', 'against', 'seed', 'states'] as const
type Query = Readonly<Record<string, unknown>>

/** What the address says; what it does not say, or says wrongly, is as usual. */
export function reviewFromQuery(query: Query): ReviewChoice {
  return {
    source: sourceFromText(query['source']),
    order: reviewOrders.find(order => order === query['order']) ?? usualReview.order,
    against: sourceFromText(query['against']),
    seed: /^\d{1,9}$/.test(String(query['seed'])) ? Number(query['seed']) : usualReview.seed,
    states: statesFromText(query['states']),
  }
}

/** The choice as parts of an address; what is as usual is left out. */
export function reviewToQuery({ source, order, against, seed, states }: ReviewChoice): Record<string, string> {
  const parts = {
    source: source === null ? undefined : sourceText(source),
    order: order === usualReview.order ? undefined : order,
    against: against === null ? undefined : sourceText(against),
    seed: order === 'random' && seed !== usualReview.seed ? String(seed) : undefined,
    states: states.join() === usualReview.states.join() ? undefined : states.join() || 'all',
  }
  return Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined))
}

/** `12:masks` */
export function sourceText({ run, step }: ReviewSource): string {
  return `${run}:${step}`
}

export function sourceFromText(text: unknown): ReviewSource | null {
  const [, run, step] = /^(\d{1,15}):(.{1,255})$/s.exec(typeof text === 'string' ? text : '') ?? []
  return run === undefined || step === undefined || Number(run) === 0 ? null : { run: Number(run), step }
}

function statesFromText(text: unknown): readonly ReviewState[] {
  if (text === 'all') return []
  const named = typeof text === 'string' ? text.split(',') : []
  const known = reviewStates.filter(state => named.includes(state))
  return known.length === 0 ? usualReview.states : known
}
