import { z } from 'zod'
import { imageFilterSchema } from '../../../shared/contract/imageFilter'
import { reviewDecisions, reviewSourceSchema } from '../../../shared/contract/review'
import { reviewListSchema, reviewQueueSchema, reviewRuleSchema } from '../../../shared/contract/reviewQueue'
import type { QueueItem, RuleOutcome } from '../../../shared/contract/reviewQueue'
import { planRebase } from '../../host/rebaseCorrections'
import { reviewSources } from '../../jobs/review/sources'
import { editProcedure, projectProcedure, router } from '../trpc'

const image = z.int().min(1)
/** The masks that are reviewed; null: the newest. */
const source = reviewSourceSchema.nullable().default(null)
const seen = z.object({ image, version: z.int().min(0), revision: z.int().min(0) })

/** Review and correction. Label maps and strokes are bytes and travel by `/bytes/:project/photos/:image/…`. */
export const review = router({
  /** Steps whose masks can be reviewed, the newest first. */
  sources: projectProcedure.query(({ ctx: { session } }) => reviewSources(session.project)),

  /** A part of the queue; not measured yet, it has no items: `measure` begins that. */
  queue: projectProcedure
    .input(reviewQueueSchema)
    .query(({ ctx: { session }, input }) => session.reviewQueues.page(input)),

  /** Measures what an order needs, as a work that can be watched and cancelled; it changes nothing of the project. */
  measure: projectProcedure
    .input(reviewListSchema)
    .mutation(({ ctx: { session, tasks, key }, input }) => session.reviewQueues.start(input, tasks, key)),

  /** What a rule would decide: to look at before saying yes. */
  previewRule: projectProcedure
    .input(reviewRuleSchema)
    .query(async ({ ctx: { session }, input }) => outcomeOf(await session.reviewQueues.meantBy(input))),

  /** Decides it, for all its photos or for none; `undo` takes all of it back. */
  applyRule: editProcedure.input(reviewRuleSchema).mutation(async ({ ctx: { session, bus, key }, input }) => {
    const meant = await session.reviewQueues.meantBy(input)
    const decided = session.review.decideMany(meant, input)
    bus.emit({ type: 'review', project: key, image: null })
    return outcomeOf(meant.filter(({ image }) => decided.has(image)))
  }),

  /** Counts a state, the pace, the time left, and what undo takes back. */
  progress: projectProcedure
    .input(z.object({ filter: imageFilterSchema.default({}) }))
    .query(({ ctx: { session }, input }) => session.review.progress(input.filter)),

  /** All that the editor needs of one photo. */
  photo: projectProcedure
    .input(z.object({ image, source }))
    .query(({ ctx: { session }, input }) => session.review.photo(input.image, input.source)),

  /** How the masks of some photos stand now: for a list of which another window has decided on some. */
  standings: projectProcedure
    .input(z.object({ images: z.array(image).min(1).max(500), source }))
    .query(({ ctx: { session }, input }) => session.review.standings(input.images, input.source)),

  /** Says something of a photo's mask with one key. */
  decide: editProcedure
    .input(z.object({ image, source, decision: z.enum(reviewDecisions) }))
    .mutation(({ ctx: { session, bus, key }, input }) => {
      const decided = session.review.decide(input.image, input.source, input.decision)
      bus.emit({ type: 'review', project: key, image: input.image })
      return decided
    }),

  /** Takes the newest decision back, or all that its rule made. */
  undo: editProcedure.mutation(({ ctx: { session, bus, key } }) => {
    const decided = session.review.undo()
    bus.emit({ type: 'review', project: key, image: decided.length === 1 ? decided[0]!.image : null })
    return decided
  }),

  /** Undo and redo of strokes: the one that is applied last from now on. */
  moveTo: editProcedure
    .input(seen.extend({ position: z.int().min(0) }))
    .mutation(({ ctx: { session, bus, key }, input: { image, position, ...seen } }) => {
      const moved = session.review.moveTo(image, seen, position)
      bus.emit({ type: 'review', project: key, image })
      return moved
    }),

  /** The mask that another step made, with the pixels that the person had changed: the next version, and a draft. */
  rebase: editProcedure
    .input(seen.extend({ source }))
    .mutation(async ({ ctx: { session, bus, key }, input: { image, source, version, revision } }) => {
      const rebased = await session.review.rebase(image, source, { version, revision })
      bus.emit({ type: 'review', project: key, image })
      return rebased
    }),

  /** How many corrected photos began as other masks than these. */
  rebasePlan: projectProcedure
    .input(z.object({ source }))
    .query(({ ctx: { session }, input }) => planRebase(session.project, input.source)),

  /** As `rebase`, of all of them: a work that can be watched and cancelled, whose result is a `RebaseReport`. */
  rebaseAll: editProcedure.input(z.object({ source })).mutation(({ ctx: { session, tasks, bus, key }, input }) => {
    const { source } = planRebase(session.project, input.source)
    const title = source === null ? 'Corrections' : `Corrections onto ${source.step}, run ${source.run}`
    return tasks.start({ kind: 'rebase', title, project: key }, async work => {
      try {
        return await session.rebase(input.source, work)
      } finally {
        bus.emit({ type: 'review', project: key, image: null })
      }
    })
  }),

  /** Makes an earlier version the newest; 0: what the run had made. */
  restore: editProcedure
    .input(seen.extend({ restore: z.int().min(0) }))
    .mutation(({ ctx: { session, bus, key }, input: { image, restore, ...seen } }) => {
      const restored = session.review.restore(image, seen, restore)
      bus.emit({ type: 'review', project: key, image })
      return restored
    }),
})

/** Photos of a rule that a person looks at before saying yes. */
const mostSampled = 12

/** The first, the last and some between. */
function outcomeOf(photos: readonly QueueItem[]): RuleOutcome {
  const shown = Math.min(mostSampled, photos.length)
  const places = Array.from({ length: shown }, (_, i) => Math.round((i * (photos.length - 1)) / Math.max(1, shown - 1)))
  return { photos: photos.length, sample: places.map(place => photos[place]!) }
}
