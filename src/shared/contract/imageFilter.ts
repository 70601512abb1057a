import { z } from 'zod'
import { reviewStates } from './states'

/** Photos that a filter may name one by one: they stand in addresses, which hold some thousand characters. */
export const mostAmong = 200

/** Which photos of a project are meant: every part that is given must hold. The address of a screen carries it as text. */
export const imageFilterSchema = z.strictObject({
  /** Places of classes that must all be present, 0 … C−1. */
  classes: z.array(z.int().min(0)).max(64).optional(),
  /** Places of classes that must all be absent. */
  without: z.array(z.int().min(0)).max(64).optional(),
  /** Ids: only these. */
  among: z.array(z.int().min(1)).max(mostAmong).optional(),
  split: z.string().max(255).optional(),
  /** Part of the photo's name, any case. */
  text: z.string().max(255).optional(),
  /** With or without ground truth. */
  truth: z.boolean().optional(),
  /** Photos that have this problem. */
  problem: z.enum(['unlabelled', 'missing', 'duplicate', 'corrected']).optional(),
  review: z.enum(reviewStates).optional(),
})
export type ImageFilter = z.output<typeof imageFilterSchema>

export const imageSorts = ['name', 'added', 'size', 'labels'] as const
export type ImageSort = (typeof imageSorts)[number]

/** The order of a list of photos: one of the project's own, or the least certain first by maps (`CertaintyOrder`). */
export const listOrderSchema = z.union([
  z.enum(imageSorts),
  z.strictObject({ certainty: z.string().regex(/^[0-9a-f]{64}$/) }),
])
export type ListOrder = z.output<typeof listOrderSchema>

/** Photos that a selection may name one by one: their ids must fit into a request. */
export const mostNamedPhotos = 100_000
const ids = z.array(z.int().min(0)).max(mostNamedPhotos)

/** Which photos an edit is of: some by id, or all that a filter means but some. */
export const photoChoiceSchema = z.union([
  z.strictObject({ ids }),
  z.strictObject({ filter: imageFilterSchema, except: ids }),
])
export type PhotoChoice = z.output<typeof photoChoiceSchema>
