import { z } from 'zod'
import { photoChoiceSchema, photoOrders, type ComparedEvaluation } from '../../../shared/contract/evaluation'
import { confusionCells } from '../../../shared/metrics/confusion'
import { scoreRulesSchema } from '../../../shared/metrics/scoreRules'
import { byRules } from '../../db/evaluationRepo'
import { unmeasuredSteps } from '../../jobs/unmeasuredSteps'
import { editProcedure, projectProcedure, router } from '../trpc'

const id = z.int().min(1)
const mostCompared = 8

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

  /** Steps of finished runs whose label maps were not measured yet, the newest run first. */
  unmeasured: projectProcedure
    .input(z.object({ limit: z.int().min(1).max(100).default(50), before: id.optional() }))
    .query(({ ctx: { session }, input }) => unmeasuredSteps(session.project, input.limit, input.before)),

  /** Evaluations side by side, their figures made by the same rules. */
  compare: projectProcedure
    .input(z.object({ ids: z.array(id).min(1).max(mostCompared), rules: scoreRulesSchema }))
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
        ids: z.array(id).min(1).max(mostCompared),
        by: id,
        choice: photoChoiceSchema,
        order: z.enum(photoOrders),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(100).default(50),
      }),
    )
    .query(({ ctx: { session }, input: { ids, ...query } }) =>
      session.project.evaluations.photos({ evaluations: ids, ...query }),
    ),

  /** One photo with what each evaluation did with it. */
  photo: projectProcedure
    .input(z.object({ ids: z.array(id).min(1).max(mostCompared), image: id }))
    .query(({ ctx: { session }, input: { ids, image } }) => session.project.evaluations.photo(ids, image)),

  /** Measures the label maps of a step: a task, whose result is the evaluation's id. */
  start: editProcedure
    .input(z.object({ run: id, step: z.string().min(1).max(255), rules: scoreRulesSchema.optional() }))
    .mutation(({ ctx: { session, key, bus, tasks }, input: { run, step, rules } }) =>
      tasks.start({ kind: 'evaluate', title: `Measure ${step} of run ${run}`, project: key }, async work => {
        const made = await session.evaluate({ run, step, ...(rules === undefined ? {} : { rules }) }, work)
        bus.emit({ type: 'evaluations', project: key })
        return { id: made.id }
      }),
    ),

  /** Forgets figures; the masks stay. */
  remove: editProcedure.input(z.object({ id })).mutation(({ ctx: { session, key, bus }, input }) => {
    session.project.evaluations.remove(input.id)
    bus.emit({ type: 'evaluations', project: key })
  }),
})
