import { z } from 'zod'
import { readRunLog } from '../../jobs/readRunLog'
import { deleteRun, runRemains } from '../../jobs/deleteRun'
import { editProcedure, projectProcedure, router } from '../trpc'
import { runDetail, runSummaries } from '../views/runView'
import { draftSchema, seedSchema, splitSchema } from './recipes'

/** Points of one curve that a screen can show; the extremes of every stretch are among them. */
const mostPoints = 2_000
const mostNewPoints = 10_000

const runInput = z.object({ run: z.int().min(1) })
const nameSchema = z.string().trim().min(1).max(200)

/** The runs of a project: the queue, the one that goes on, and those that ended. */
export const runs = router({
  /** Newest first; `before` is the last id of the page before. */
  page: projectProcedure
    .input(z.object({ before: z.int().min(1).optional(), limit: z.int().min(1).max(200).default(50) }))
    .query(({ ctx: { session }, input: { before, limit } }) => {
      const page = session.project.runs.page({ limit, ...(before === undefined ? {} : { before }) })
      return { total: session.project.runs.count(), rows: runSummaries(session, page) }
    }),

  get: projectProcedure
    .input(runInput)
    .query(({ ctx: { session, key, estimator }, input }) =>
      runDetail(key, session, session.project.runs.get(input.run), estimator),
    ),

  /** Checks everything, stores the run and lets the queue know. */
  start: editProcedure
    .input(
      z.object({
        recipe: draftSchema,
        name: nameSchema.optional(),
        seed: seedSchema,
        split: splitSchema,
        fresh: z.boolean().default(false),
      }),
    )
    .mutation(({ ctx: { session, key, bus }, input: { recipe, name, seed, split, fresh } }) => {
      const choice = { seed, fresh, ...(name === undefined ? {} : { name }), ...(split === undefined ? {} : { split }) }
      const { run, notes } = session.enqueueRecipe(recipe, choice)
      bus.emit({ type: 'run', project: key, event: { type: 'state', runId: run.id, state: 'queued' } })
      session.wakeQueue()
      return { run: run.id, notes }
    }),

  /** The curves of a run, thinned to what a screen can show. `last` is where `points` goes on. */
  curves: projectProcedure.input(runInput).query(({ ctx: { session }, input }) => {
    const { metrics } = session.project
    return { last: metrics.lastId(input.run), curves: metrics.curves(input.run, mostPoints) }
  }),

  /** What was added to the curves since `last`. */
  points: projectProcedure
    .input(runInput.extend({ after: z.int().min(0) }))
    .query(({ ctx: { session }, input: { run, after } }) => {
      const rows = session.project.metrics.pointsAfter(run, after, mostNewPoints)
      return {
        last: rows.at(-1)?.id ?? after,
        more: rows.length === mostNewPoints,
        points: rows.map(({ step, name, at, value }) => ({ step, name, at: at ?? 0, value })),
      }
    }),

  /** A page of the log: the newest, the one before `before`, or what came after `after`. Both are bytes of the file. */
  log: projectProcedure
    .input(runInput.extend({ after: z.int().min(0).optional(), before: z.int().min(0).optional() }))
    .query(({ ctx: { session }, input: { run, after, before } }) =>
      readRunLog(session.project.runFolder(run), { after, before }),
    ),

  pause: editProcedure.input(runInput).mutation(({ ctx: { session }, input }) => session.queue.pause(input.run)),

  /** Lets a paused run go on, or one that was stopped or failed go on from its last checkpoint. */
  resume: editProcedure.input(runInput).mutation(({ ctx: { session }, input }) => {
    session.queue.resume(input.run)
    session.wakeQueue()
  }),

  /** A running run stops at its next checkpoint, which is kept. */
  stop: editProcedure.input(runInput).mutation(({ ctx: { session }, input }) => session.queue.cancel(input.run)),

  rename: editProcedure
    .input(runInput.extend({ name: nameSchema }))
    .mutation(({ ctx: { session, key, bus }, input: { run, name } }) => {
      const { state } = session.project.runs.get(run)
      session.project.runs.rename(run, name)
      bus.emit({ type: 'run', project: key, event: { type: 'state', runId: run, state } })
    }),

  /** What its deletion would take away. */
  remains: projectProcedure
    .input(runInput)
    .query(({ ctx: { session }, input }) => runRemains(session.project, input.run)),

  remove: editProcedure.input(runInput).mutation(async ({ ctx: { session, key, bus }, input }) => {
    await deleteRun(session.project, session.queue, input.run)
    bus.emit({ type: 'run', project: key, event: { type: 'removed', runId: input.run } })
  }),
})
