import { basename } from 'node:path'
import { z } from 'zod'
import { fileKind } from '../../datasets/fileKind'
import { importDataset } from '../../datasets/importing/importDataset'
import type { SourceOptions } from '../../datasets/importing/importSource'
import { detectFormats, formats } from '../../datasets/index'
import { previewDataset } from '../../datasets/importing/previewDataset'
import { existingInside } from '../../host/allowedFolders'
import { keepReport, readReport, skippedMatching, summaryOf } from '../../host/importReports'
import { crowdRules, difficultRules } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import type { ApiContext } from '../context'
import { editProcedure, procedure, projectProcedure, router } from '../trpc'
import { pathInput } from './folders'

const sourceInput = z.object({
  path: pathInput,
  format: z.string().max(64),
  images: pathInput.optional(),
  labels: pathInput.optional(),
  masks: pathInput.optional(),
  /** A file with a photo a line; for VOC also the name of one of its lists. */
  split: pathInput.optional(),
  classes: z.array(z.string().min(1).max(1000)).min(1).max(2000).optional(),
  difficult: z.enum(difficultRules).optional(),
  crowd: z.enum(crowdRules).optional(),
})
type Source = z.output<typeof sourceInput>

/** Imports: what a path holds, what it would bring, bringing it, and what came of it. */
export const imports = router({
  formats: procedure.query(() => formats.map(({ id, title }) => ({ id, title }))),

  /** The formats that a path looks like, the surest first: any folder of folders may be a folder a class. */
  detect: procedure.input(z.object({ path: pathInput })).query(async ({ ctx, input }) => {
    const path = await existingInside(ctx.roots, input.path)
    const ids = (await detectFormats(path)).map(({ id }) => id)
    return { path, kind: await fileKind(path), formats: ids }
  }),

  /** @param project the project that it would go into; none yet for a new one */
  preview: procedure
    .input(z.object({ project: z.string().max(64).optional(), source: sourceInput }))
    .query(async ({ ctx, input, signal }) => {
      const session = input.project === undefined ? undefined : await ctx.sessions.get(input.project)
      const projectClasses = session?.project.classes.names() ?? []
      const source = await allowedSource(ctx, input.source)
      return previewDataset({ ...source, projectClasses, ...(signal ? { signal } : {}) })
    }),

  /** Begins an import; its task's result is an ImportSummary. */
  start: editProcedure.input(z.object({ source: sourceInput })).mutation(async ({ ctx, input }) => {
    const source = await allowedSource(ctx, input.source)
    const { project } = ctx.session
    if (ctx.tasks.runningIn(ctx.key).some(({ kind }) => kind === 'import'))
      throw new WorkbenchError('CONFLICT', 'An import into this project is going on: wait for it, or cancel it.')
    const title = `Import ${basename(source.path)}`
    return ctx.tasks.start({ kind: 'import', title, project: ctx.key }, async work => {
      const report = await importDataset({ ...source, ...work, project })
      ctx.bus.emit({ type: 'dataset', project: ctx.key })
      return keepReport(project.folder, { ...report, format: source.format, path: source.path })
    })
  }),

  report: projectProcedure
    .input(z.object({ id: z.uuid() }))
    .query(async ({ ctx, input }) => summaryOf(await readReport(ctx.session.project.folder, input.id))),

  /** A page of the files that an import left out. */
  skipped: projectProcedure
    .input(
      z.object({
        id: z.uuid(),
        text: z.string().max(255).default(''),
        what: z.enum(['photo', 'mask', 'label']).optional(),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(200),
      }),
    )
    .query(async ({ ctx, input }) => {
      const report = await readReport(ctx.session.project.folder, input.id)
      const matching = skippedMatching(report, input)
      return { total: matching.length, rows: matching.slice(input.offset, input.offset + input.limit) }
    }),
})

/** The source with every path checked and its links followed. What is left out is looked for by the format. */
async function allowedSource({ roots }: ApiContext, source: Source) {
  const { path, images, labels, masks, split, classes, difficult, crowd, format } = source
  const checked = async (given: string | undefined) =>
    given === undefined ? undefined : await existingInside(roots, given)
  const places = {
    images: await checked(images),
    labels: await checked(labels),
    masks: await checked(masks),
    split: split !== undefined && isListName(split) ? split : await checked(split),
    classes,
    difficult,
    crowd,
  }
  const given = Object.entries(places).filter(([, value]) => value !== undefined)
  return {
    path: await existingInside(roots, path),
    format,
    ...(Object.fromEntries(given) as Omit<SourceOptions, 'path'>),
  }
}

/** `train`, as VOC's own lists are called; anything with a slash is a path. */
function isListName(split: string): boolean {
  return /^[\w.-]+$/.test(split) && !split.includes('..')
}
