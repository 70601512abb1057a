import { z } from 'zod'
import { photoLayers } from '../../jobs/photoLayers'
import { projectProcedure, router } from '../trpc'

/** Maps and masks of single photos. */
export const seeds = router({
  /** What there is to lay over a photo; the bytes are fetched by their blob's name. */
  layers: projectProcedure
    .input(z.object({ image: z.int().min(1) }))
    .query(({ ctx: { session }, input }) => photoLayers(session.project, input.image)),
})
