import { z } from 'zod'
import { imageFilterSchema } from './imageFilter'
import { reviewDecisions, reviewSourceSchema, type ReviewSource } from './review'
import { reviewStates, type ReviewState } from './states'

/**
 * What makes a mask worth a person's minute, most worth first:
 * gain — what setting it right would add to the mean IoU, as the score maps expect it (`expectedGain`);
 * margin — the narrowest mean margin between the winning class and the next; entropy — the most undecided scores;
 * runs — the largest share of pixels in which two runs disagree; labels — contradictions with the image's labels;
 * tail — the rarest class first; random — by a seed; name — by file name.
 */
export const reviewOrders = ['gain', 'margin', 'entropy', 'runs', 'labels', 'tail', 'random', 'name'] as const
export type ReviewOrder = (typeof reviewOrders)[number]

/** Orders that read every map once before they are known. */
export const measuredOrders = ['gain', 'margin', 'entropy', 'runs', 'labels'] as const satisfies readonly ReviewOrder[]

export function isMeasuredOrder(order: ReviewOrder): boolean {
  return (measuredOrders as readonly ReviewOrder[]).includes(order)
}

/** Which photos are reviewed in which order. */
export const reviewListSchema = z.object({
  /** Null: the newest step with masks; of a project without any, the photos themselves. */
  source: reviewSourceSchema.nullable().default(null),
  order: z.enum(reviewOrders).default('gain'),
  /** What `runs` compares with. */
  against: reviewSourceSchema.optional(),
  /** Of `random`. */
  seed: z.int().min(0).default(0),
  filter: imageFilterSchema.default({}),
})
export type ReviewList = z.output<typeof reviewListSchema>

export const reviewQueueSchema = reviewListSchema.extend({
  /** States that are listed; all when empty. */
  states: z.array(z.enum(reviewStates)).max(reviewStates.length).default([]),
  /** The photo after which the page begins, in the order of the list; null: at the beginning. */
  after: z.int().min(1).nullable().default(null),
  limit: z.int().min(1).max(500).default(50),
})
export type ReviewQueueQuestion = z.output<typeof reviewQueueSchema>

/** Why a photo stands where it stands: numbers, which the screen puts into a sentence. Labels: 0 background, 1 … C. */
export type QueueReason =
  | {
      readonly order: 'gain'
      /** Points of mean IoU, 0 … 100. */
      readonly points: number
      /** Pixels that the maps expect to be wrong. */
      readonly pixels: number
      /** The label that would gain most; null where nothing is expected to be wrong. */
      readonly label: number | null
    }
  /** Mean distance between the winning score and the next, 0 … 1; null: nothing was found in the photo. */
  | { readonly order: 'margin'; readonly margin: number | null }
  /** Mean entropy of the scores where something was found, 0 … 1. */
  | { readonly order: 'entropy'; readonly entropy: number | null }
  | {
      readonly order: 'runs'
      /** Of the pixels that are foreground in either mask, 0 … 1. */
      readonly share: number
      readonly pixels: number
      /** The label with most pixels in dispute; null where there are none. */
      readonly label: number | null
    }
  | {
      readonly order: 'labels'
      /** Places of classes that the photo is labelled with and the mask lacks. */
      readonly missing: readonly number[]
      /** Classes in the mask that the photo is not labelled with, and their pixels. */
      readonly extra: readonly { readonly place: number; readonly pixels: number }[]
    }
  /** The rarest class of the photo and how many photos show it; null: the photo has no labels. */
  | { readonly order: 'tail'; readonly place: number | null; readonly photos: number }
  | { readonly order: 'random' }
  | { readonly order: 'name' }

/** A photo that waits. */
export interface QueueItem {
  readonly image: number
  readonly stem: string
  /** Pixels after EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly split: string
  /** Start of the hash of its bytes. */
  readonly hash: string
  readonly state: ReviewState
  /** Whether a person changed a pixel. */
  readonly edited: boolean
  readonly version: number
  /** Hash name of the mask that would be shown, to fetch it ahead; null: none. */
  readonly blob: string | null
  /** What the list is ordered by: higher comes first. Null where the photo cannot be measured: it comes last. */
  readonly value: number | null
  readonly why: QueueReason
}

/** A part of the queue. */
export interface ReviewQueue {
  /** The masks that are reviewed; null: there are none in this project. */
  readonly source: (ReviewSource & { readonly runName: string; readonly method: string }) | null
  /** False: the order has to be measured first (`review.measure`); there are no items then. */
  readonly measured: boolean
  /** The work that measures it now. */
  readonly task: string | null
  /** Photos of the filter, whatever their state. */
  readonly total: number
  /** Photos of the filter in the states asked for. */
  readonly listed: number
  readonly items: readonly QueueItem[]
  /** Where the next page begins (`after`); null: this was the last. */
  readonly next: number | null
}

/** A decision for all photos of a list whose value is at least `atLeast`, e.g. margins of 0.4 and more are accepted. */
export const reviewRuleSchema = reviewListSchema.extend({
  states: z
    .array(z.enum(reviewStates))
    .max(reviewStates.length)
    .default(['unreviewed'] satisfies ReviewState[]),
  /** Bounds of what the reason says: the margin itself, the points, the share. */
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  decision: z.enum(reviewDecisions),
})
export type ReviewRule = z.output<typeof reviewRuleSchema>

/** What a rule would decide, or has decided. */
export interface RuleOutcome {
  readonly photos: number
  /** Some of them, the first, the last and those between: to look at before saying yes. */
  readonly sample: readonly QueueItem[]
}
