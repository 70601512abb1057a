import { z } from 'zod'
import {
  differingPair,
  measuredMasks,
  photoChoiceSchema,
  photoOrders,
  truthKinds,
  type ComparedEvaluation,
} from '../../../shared/contract/evaluation'
import { imageFilterSchema } from '../../../shared/contract/imageFilter'
import { confusionCells } from '../../../shared/metrics/confusion'
import { scoreRulesSchema } from '../../../shared/metrics/scoreRules'
import { byRules } from '../../db/evaluationRepo'
import { unmeasuredSteps } from '../../jobs/unmeasuredSteps'
import { editProcedure, projectProcedure, router } from '../trpc'

const id = z.int().min(1)
const mostCompared = 8
const ids = z.array(id).min(1).max(mostCompared)
/** Photos of the run's split that are meant; all of them when left out. */
const subset = imageFilterSchema.optional()

/** Figures that were measured, and measuring more of them. */
export const evaluations = router({
  /** Newest first. */
  list: projectProcedure
    .input(z.object({ limit: z.int().min(1).max(200).default(100), before: id.optional(), run: id.optional() }))
    .query(({ ctx: { session }, input: { limit, before, run } }) => ({
      total: session.project.evaluations.count(),
      rows: session.project.evaluations.page({
        limit,
        ...(before === undefined ? {} : { before }),
        ...(run === undefined ? {} : { run }),
      }),
    })),

  /** Steps of finished runs whose label maps were not measured on these photos yet, the newest run first. */
  unmeasured: projectProcedure
    .input(z.object({ limit: z.int().min(1).max(100).default(50), before: id.optional(), subset }))
    .query(({ ctx: { session }, input }) => unmeasuredSteps(session.project, input)),

  /** Evaluations side by side, their figures made by the same rules. */
  compare: projectProcedure
    .input(z.object({ ids, rules: scoreRulesSchema }))
    .query(({ ctx: { session }, input: { ids, rules } }) =>
      ids.map((id): ComparedEvaluation => {
        const { confusion, ...made } = byRules(session.project.evaluations.get(id), rules)
        return { ...made, cells: confusionCells(Float64Array.from(confusion)) }
      }),
    ),

  /** Photos with the mistakes that are asked for, in the order that is asked for. */
  photos: projectProcedure
    .input(
      z.object({
        ids,
        by: id,
        choice: photoChoiceSchema,
        order: z.enum(photoOrders),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(100).default(50),
      }),
    )
    .query(async ({ ctx: { session }, input: { ids, ...query } }) => {
      const pair = differingPair(ids, query.by)
      const differing = query.order === 'differ' ? { differing: await session.differences.pixels(pair) } : {}
      return session.project.evaluations.photos({ evaluations: ids, ...query, ...differing })
    }),

  /** Whether it is known how the masks of two of them differ, which the order `differ` needs. */
  differences: projectProcedure
    .input(z.object({ ids, by: id }))
    .query(({ ctx: { session }, input: { ids, by } }) => session.differences.find(differingPair(ids, by))),

  /** Reads those masks, as a work that can be watched and cancelled; it changes nothing of the project. */
  measureDifferences: projectProcedure
    .input(z.object({ ids, by: id }))
    .mutation(({ ctx: { session, tasks, key }, input: { ids, by } }) =>
      session.differences.start(differingPair(ids, by), tasks, key),
    ),

  /** One photo with what each evaluation did with it. */
  photo: projectProcedure
    .input(z.object({ ids, image: id }))
    .query(({ ctx: { session }, input: { ids, image } }) => session.project.evaluations.photo(ids, image)),

  /** Measures the label maps of steps, one after the other: a task, whose result is the evaluations' ids. */
  start: editProcedure
    .input(
      z.object({
        steps: z
          .array(z.object({ run: id, step: z.string().min(1).max(255) }))
          .min(1)
          .max(500),
        subset,
        /** What is called true, and which masks are measured. */
        truth: z.enum(truthKinds).default('ground_truth'),
        masks: z.enum(measuredMasks).default('made'),
      }),
    )
    .mutation(({ ctx: { session, key, bus, tasks }, input: { steps, subset, truth, masks } }) => {
      const [first] = steps
      const title = steps.length === 1 ? `Measure ${first!.step} of run ${first!.run}` : `Measure ${steps.length} steps`
      return tasks.start({ kind: 'evaluate', title, project: key }, async work => {
        const ids: (number | null)[] = []
        for (const step of steps) {
          const made = await session.evaluate(
            { ...step, truth, masks, ...(subset === undefined ? {} : { subset }) },
            work,
          )
          ids.push(made.id)
          bus.emit({ type: 'evaluations', project: key })
        }
        return { ids }
      })
    }),

  /** Forgets figures; the masks stay. */
  remove: editProcedure.input(z.object({ id })).mutation(({ ctx: { session, key, bus }, input }) => {
    session.project.evaluations.remove(input.id)
    bus.emit({ type: 'evaluations', project: key })
  }),
})
