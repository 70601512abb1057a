import { z } from 'zod'
import { storeSettings, viewSettings } from '../../host/settings'
import { procedure, router } from '../trpc'

/** The settings that are of no project: the file, what wins over it, and the form that is drawn from the schema. */
export const settings = router({
  view: procedure.query(() => viewSettings()),

  store: procedure
    .input(z.object({ values: z.record(z.string().max(64), z.union([z.string().max(4096), z.number(), z.null()])) }))
    .mutation(async ({ ctx, input }) => {
      await storeSettings(input.values)
      ctx.bus.emit({ type: 'settings' })
      return viewSettings()
    }),
})
