import { join } from 'node:path'
import { z } from 'zod'
import { listBackups } from '../../db/backup'
import { restoreBackup } from '../../db/restore'
import { editProcedure, procedure, router } from '../trpc'
import { folderOf } from './projects'

const keyInput = z.object({ project: z.string().max(64) })

/** Backups of a project's database. They can be listed and restored where the project itself cannot be opened. */
export const backups = router({
  /** Newest first: seven daily ones and those made by hand, before migrations and before restores. */
  list: procedure
    .input(keyInput)
    .query(({ ctx, input }) => listBackups(join(folderOf(ctx, input.project), 'backups')).toReversed()),

  make: editProcedure.mutation(({ ctx }) => {
    ctx.session.project.backUp()
  }),

  /** Closes the project, puts the backup in its place, and opens it where it was open. */
  restore: procedure.input(keyInput.extend({ name: z.string().max(255) })).mutation(async ({ ctx, input }) => {
    const folder = folderOf(ctx, input.project)
    const wasOpen = ctx.sessions.find(input.project)
    await ctx.tasks.stopIn(input.project)
    await ctx.sessions.close(input.project)
    try {
      return restoreBackup(folder, input.name)
    } finally {
      if (wasOpen) await ctx.sessions.open(folder, { readOnly: wasOpen.project.readOnly })
      ctx.bus.emit({ type: 'dataset', project: input.project })
    }
  }),
})
