import { z } from 'zod'
import { clearCache } from '../../artifacts/clearCache'
import { folderBytes } from '../../artifacts/folderBytes'
import { WorkbenchError } from '../../../shared/errors'
import { editProcedure, procedure, projectProcedure, router } from '../trpc'

/** The engine: what is there, an examination, an installation; and a project's cache of what it computed. */
export const engine = router({
  status: procedure.query(({ ctx }) => ctx.engine.status()),

  /** The last examination; null before the first. */
  examination: procedure.query(({ ctx }) => ctx.engine.examination ?? null),

  examine: procedure.mutation(({ ctx }) => ctx.engine.examine()),

  install: procedure
    .input(z.object({ kind: z.enum(['cpu', 'cuda']), again: z.boolean().default(false) }))
    .mutation(({ ctx, input }) => ctx.engine.install(input.kind, input.again)),

  /** Bytes of the features and small pictures that a project keeps, and what it may keep. */
  cache: projectProcedure.query(async ({ ctx }) => ({
    folder: ctx.session.project.cacheFolder,
    bytes: await folderBytes(ctx.session.project.cacheFolder),
    budget: ctx.config().cache.budgetGigabytes * 1e9,
  })),

  /** Deletes them: they are made again when they are needed. */
  clearCache: editProcedure.mutation(async ({ ctx: { session } }) => {
    if (session.project.jobs.page({ limit: 1, states: ['running'] }).length > 0)
      throw new WorkbenchError('CONFLICT', 'A run is reading the cache: clear it once the run is done or stopped.')
    return { freed: await clearCache(session.project.cacheFolder) }
  }),
})
