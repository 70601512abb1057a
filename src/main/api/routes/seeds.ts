import { z } from 'zod'
import { photoLayers } from '../../jobs/photoLayers'
import { projectProcedure, router } from '../trpc'

const maps = z.object({ run: z.int().min(1), step: z.string().min(1).max(255) })

/** Maps and masks of single photos, and which photos they leave in doubt. */
export const seeds = router({
  /** What there is to lay over a photo; the bytes are fetched by their blob's name. */
  layers: projectProcedure
    .input(z.object({ image: z.int().min(1) }))
    .query(({ ctx: { session }, input }) => photoLayers(session.project, input.image)),

  /** In which order the photos are least certain by these maps, where that was measured before. */
  certainty: projectProcedure
    .input(maps)
    .query(({ ctx: { session }, input: { run, step } }) => session.certainties.find({ run, step })),

  /** Measures it, as a work that can be watched and cancelled; it changes nothing of the project. */
  measureCertainty: projectProcedure
    .input(maps)
    .mutation(({ ctx: { session, tasks, key }, input: { run, step } }) =>
      session.certainties.start({ run, step }, tasks, key),
    ),
})
