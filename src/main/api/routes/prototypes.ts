import { z } from 'zod'
import { classPrototypes } from '../../jobs/classPrototypes'
import { projectProcedure, router } from '../trpc'

/** What the maps of prototype methods are made of. The similarities themselves are bytes: `/bytes/…/similarities`. */
export const prototypes = router({
  /** The prototypes of one class in a step; null where the step has none. */
  ofClass: projectProcedure
    .input(z.object({ run: z.int().min(1), step: z.string().max(255), place: z.int().min(0) }))
    .query(({ ctx: { session }, input: { run, step, place } }) =>
      classPrototypes(session.project, session.project.runs.get(run), step, place),
    ),
})
