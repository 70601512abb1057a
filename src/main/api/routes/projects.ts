import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { projectKey } from '../../host/projectKey'
import { procedure, projectProcedure, router } from '../trpc'

/** Projects: those opened before, and opening and closing them. */
export const projects = router({
  /** Newest first, also those whose folder is gone. */
  recent: procedure.query(({ ctx }) => {
    const open = new Map(ctx.sessions.list().map(({ key, session }) => [key, session]))
    return ctx.recents.list().map(({ folder, openedAt }) => {
      const key = projectKey(folder)
      const session = open.get(key)
      return {
        key,
        folder,
        name: basename(folder),
        openedAt,
        exists: existsSync(join(folder, 'project.sqlite')),
        open: session !== undefined,
        readOnly: session?.project.readOnly ?? false,
      }
    })
  }),

  open: procedure
    .input(z.object({ folder: z.string().min(1).max(4096), readOnly: z.boolean().default(false) }))
    .mutation(async ({ ctx, input }) => {
      const { key } = await ctx.sessions.open(input.folder, { readOnly: input.readOnly })
      return { key }
    }),

  close: projectProcedure.mutation(({ ctx }) => ctx.sessions.close(ctx.key)),

  /** What the frame shows of a project. */
  summary: projectProcedure.query(({ ctx: { session, key } }) => {
    const { project } = session
    return {
      key,
      folder: project.folder,
      name: basename(project.folder),
      readOnly: project.readOnly,
      images: project.images.count(),
      classes: project.classes.names(),
      splits: project.images.splits(),
      truths: project.masks.countTruth(),
    }
  }),
})
