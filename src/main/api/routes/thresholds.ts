import { z } from 'zod'
import { truthKinds } from '../../../shared/contract/evaluation'
import { imageFilterSchema } from '../../../shared/contract/imageFilter'
import { projectProcedure, router } from '../trpc'

const choice = z.object({
  project: z.string().max(64),
  run: z.int().min(1),
  step: z.string().max(255),
  subset: imageFilterSchema,
  /** What is called true. */
  truth: z.enum(truthKinds).default('ground_truth'),
})

/** The threshold lab: a step's score maps at every threshold, on any subset of the photos. */
export const thresholds = router({
  /** The sweep where it was made before; else `sweep` makes it. */
  find: projectProcedure.input(choice).query(({ ctx: { session }, input }) => session.sweeps.find(input)),

  /** Makes the sweep as a work that can be watched and cancelled; it changes nothing of the project. */
  sweep: projectProcedure
    .input(choice)
    .mutation(({ ctx: { session, tasks, key }, input }) => session.sweeps.start(input, tasks, key)),
})
