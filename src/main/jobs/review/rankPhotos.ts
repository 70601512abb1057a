import type { QueueReason, ReviewOrder } from '../../../shared/contract/reviewQueue'
import { assertNever } from '../../../shared/errors'
import { expectedGains } from '../../../shared/metrics/expectedGain'
import type { MaskDispute } from '../../../shared/metrics/maskDispute'
import type { ReviewSignals } from '../../pool/tasks/reviewSignals'

/** A photo's place in the queue. */
export interface RankedPhoto {
  readonly image: number
  /** The number that the reason gives; null where the photo could not be measured. */
  readonly value: number | null
  readonly why: QueueReason
  /** Higher comes first. */
  readonly urgency: number
}

/** What orders may need; each says what it uses. */
export interface RankingFacts {
  readonly signals: ReadonlyMap<number, ReviewSignals>
  readonly disputes: ReadonlyMap<number, MaskDispute>
  /** Places of the classes present, by photo. */
  readonly present: ReadonlyMap<number, readonly number[]>
  /** Photos of the project that show each class, by place. */
  readonly photosOfClass: readonly number[]
  readonly seed: number
}

/** Photos that cannot be measured come behind all others. */
const LAST = -Infinity
/** Photos in which nothing was found come before all others. */
const FIRST = Infinity

/** Puts photos into an order, the most urgent first; equals stay as they come. */
export function rankPhotos(order: ReviewOrder, ids: Uint32Array, facts: RankingFacts): RankedPhoto[] {
  const rank = rankingOf(order, facts)
  return Array.from(ids, image => ({ image, ...rank(image) })).sort((a, b) => descending(a.urgency, b.urgency))
}

/** Infinity less infinity is no number. */
function descending(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1
}

type Rank = Omit<RankedPhoto, 'image'>

function rankingOf(order: ReviewOrder, facts: RankingFacts): (image: number) => Rank {
  switch (order) {
    case 'gain':
      return byGain(facts)
    case 'margin':
    case 'entropy':
      return image => byScores(order, facts.signals.get(image)?.maps?.[order])
    case 'runs':
      return image => byDispute(facts.disputes.get(image))
    case 'labels':
      return image => byContradiction(facts.signals.get(image), facts.present.get(image) ?? [])
    case 'tail':
      return image => byRarest(facts.present.get(image) ?? [], facts.photosOfClass)
    case 'random':
      return image => ({ value: null, why: { order }, urgency: scatter(image, facts.seed) })
    case 'name':
      return () => ({ value: null, why: { order }, urgency: 0 })
    default:
      return assertNever(order)
  }
}

function byGain({ signals, photosOfClass }: RankingFacts): (image: number) => Rank {
  const measured = [...signals].flatMap(([image, { pixels, maps }]) =>
    maps === null ? [] : [{ image, pixels, cells: maps.cells }],
  )
  const gains = expectedGains(measured, photosOfClass.length)
  const gainOf = new Map(measured.map(({ image }, i) => [image, gains[i]!]))
  return image => {
    const gain = gainOf.get(image)
    const why = { order: 'gain', ...(gain ?? { points: 0, pixels: 0, label: null }) } as const
    return { value: gain?.points ?? null, why, urgency: gain?.points ?? LAST }
  }
}

/** @param value null: nothing was found; undefined: there are no maps */
function byScores(order: 'margin' | 'entropy', value: number | null | undefined): Rank {
  const why = order === 'margin' ? { order, margin: value ?? null } : { order, entropy: value ?? null }
  if (value === undefined) return { value: null, why, urgency: LAST }
  if (value === null) return { value: null, why, urgency: FIRST }
  return { value, why, urgency: order === 'margin' ? -value : value }
}

function byDispute(dispute: MaskDispute | undefined): Rank {
  const { pixels, foreground, label } = dispute ?? { pixels: 0, foreground: 0, label: null }
  const share = foreground === 0 ? 0 : pixels / foreground
  const why = { order: 'runs', share, pixels, label } as const
  return dispute === undefined ? { value: null, why, urgency: LAST } : { value: share, why, urgency: share }
}

/** More contradictions come first; of equally many, those of more pixels. */
function byContradiction(signals: ReviewSignals | undefined, present: readonly number[]): Rank {
  if (signals === undefined) return { value: null, why: { order: 'labels', missing: [], extra: [] }, urgency: LAST }
  const shown = signals.pixels.filter(([label]) => label > 0 && label < 255)
  const missing = present.filter(place => shown.every(([label]) => label !== place + 1))
  const extra = shown
    .filter(([label]) => !present.includes(label - 1))
    .map(([label, pixels]) => ({ place: label - 1, pixels }))
  const all = signals.pixels.reduce((sum, [, pixels]) => sum + pixels, 0)
  const share = extra.reduce((sum, { pixels }) => sum + pixels, 0) / Math.max(1, all)
  const value = missing.length + extra.length
  return { value, why: { order: 'labels', missing, extra }, urgency: value + share / 2 }
}

function byRarest(present: readonly number[], photosOfClass: readonly number[]): Rank {
  const rarest = present.reduce<number | null>(
    (best, place) => (best === null || photosOfClass[place]! < photosOfClass[best]! ? place : best),
    null,
  )
  const photos = rarest === null ? 0 : photosOfClass[rarest]!
  const why = { order: 'tail', place: rarest, photos } as const
  return rarest === null ? { value: null, why, urgency: LAST } : { value: photos, why, urgency: -photos }
}

/** A number in 0 … 2³² that photo and seed give: the finaliser of MurmurHash3 (public domain), which scatters well. */
function scatter(image: number, seed: number): number {
  let hash = image ^ Math.imul(seed, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
