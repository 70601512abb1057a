import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { maskChoices, type ExportSources } from '../../../shared/contract/export'
import { WorkbenchError } from '../../../shared/errors'
import { findExport } from '../../datasets/index'
import { newInside, realRoots } from '../../host/allowedFolders'
import { exportForms } from '../../jobs/export'
import { exportSteps } from '../../jobs/exportSteps'
import { correctionsOf, isCorrection } from '../../jobs/corrections'
import type { ApiContext } from '../context'
import { procedure, projectProcedure, router } from '../trpc'
import { pathInput } from './folders'

const choice = {
  format: z.string().max(64),
  run: z.int().min(1).optional(),
  step: z.string().max(255).optional(),
  masks: z.enum(maskChoices).default('run'),
  split: z.string().max(255).optional(),
}

/** The doors out: which there are, what can go through them, a look before, and the export itself. */
export const exports = router({
  forms: procedure.query(() => exportForms()),

  sources: projectProcedure.query(async ({ ctx }): Promise<ExportSources> => {
    const { project } = ctx.session
    return {
      steps: exportSteps(project),
      reviewed: [...correctionsOf(project).values()].filter(isCorrection).length,
      truths: project.masks.countTruth(),
      parent: await parentFor(ctx, project.folder),
    }
  }),

  /** Begins a look at what would be exported; its task's result is an ExportLint. It changes nothing. */
  check: projectProcedure.input(z.object(choice)).mutation(({ ctx, input: { format, ...meant } }) => {
    const { title, contents } = findExport(format)
    return ctx.tasks.start({ kind: 'check', title: `Check the export as ${title}`, project: ctx.key }, work =>
      ctx.session.lintExport(contents, meant, work),
    )
  }),

  /** Begins an export; its task's result is an ExportReport. */
  start: projectProcedure
    .input(z.object({ ...choice, options: z.record(z.string(), z.unknown()).default({}), out: pathInput }))
    .mutation(async ({ ctx, input }) => {
      const out = await newInside(ctx.roots, input.out)
      const title = `Export to ${basename(out)}`
      if (ctx.tasks.runningIn(ctx.key).some(task => task.kind === 'export' && task.title === title))
        throw new WorkbenchError('CONFLICT', `An export to ${out} is going on: wait for it, or cancel it.`)
      return ctx.tasks.start({ kind: 'export', title, project: ctx.key }, work =>
        ctx.session.export({ ...input, out }, work),
      )
    }),
})

/** The folder that the project lies in, where the window may write there; else the first one where it may. */
async function parentFor({ roots }: ApiContext, project: string): Promise<string> {
  const beside = dirname(project)
  const inside = await newInside(roots, beside).catch(() => undefined)
  return inside ?? (await realRoots(roots))[0] ?? beside
}
