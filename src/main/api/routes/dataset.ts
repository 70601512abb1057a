import { z } from 'zod'
import type { DatasetProblems } from '../../../shared/contract/datasetStats'
import { checkFiles } from '../../host/checkFiles'
import { projectProcedure, router } from '../trpc'

/** A split; all photos when left out. */
const part = z.object({ split: z.string().max(255).optional() })

/** Counts of a project's classes, and what is odd about it. */
export const dataset = router({
  classes: projectProcedure
    .input(part)
    .query(({ ctx: { session }, input }) => session.project.stats.classes(input.split)),
  coOccurrence: projectProcedure
    .input(part)
    .query(({ ctx: { session }, input }) => session.project.stats.coOccurrence(input.split)),
  problems: projectProcedure.input(part).query(({ ctx: { session }, input }): DatasetProblems => ({
    ...session.project.stats.problems(input.split),
    files: session.fileCheck ?? null,
  })),
  /** Looks for the files of all photos, in the background. */
  checkFiles: projectProcedure.mutation(({ ctx: { session, tasks, bus, key } }) =>
    tasks.start({ kind: 'files', title: 'Look for the files of all photos', project: key }, async work => {
      session.fileCheck = await checkFiles(session.project, work)
      bus.emit({ type: 'dataset', project: key })
      return session.fileCheck
    }),
  ),
})
