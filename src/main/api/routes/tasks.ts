import { z } from 'zod'
import { procedure, router } from '../trpc'

/** Works of the main process: imports, evaluations, exports. */
export const tasks = router({
  list: procedure.query(({ ctx }) => ctx.tasks.list()),
  get: procedure.input(z.object({ id: z.uuid() })).query(({ ctx, input }) => ctx.tasks.get(input.id)),
  cancel: procedure.input(z.object({ id: z.uuid() })).mutation(({ ctx, input }) => ctx.tasks.cancel(input.id)),
})
