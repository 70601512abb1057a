import { basename, join } from 'node:path'
import { z } from 'zod'
import { projectHolder } from '../../db/lock'
import { fileKind } from '../../datasets/fileKind'
import { assertFolderName, existingInside, newInside } from '../../host/allowedFolders'
import { ProjectFactsCache, factsOf } from '../../host/projectFacts'
import { projectKey } from '../../host/projectKey'
import type { RecentProject } from '../../host/recentProjects'
import { makeSampleProject } from '../../host/sampleProject'
import { WorkbenchError } from '../../../shared/errors'
import type { ApiContext } from '../context'
import { procedure, projectProcedure, router } from '../trpc'
import { pathInput } from './folders'

const factsCache = new ProjectFactsCache()
const newProject = z.object({ parent: pathInput, name: z.string().max(4096) })
const keyInput = z.object({ project: z.string().max(64) })

/** Projects: those opened before, and making, opening, closing and forgetting them. */
export const projects = router({
  /** Newest first, also those whose folder is gone. */
  recent: procedure.query(({ ctx }) => Promise.all(ctx.recents.list().map(recent => described(ctx, recent)))),

  /** Where a new project would be made. @throws what is wrong with the place, before anything is made */
  place: procedure.input(newProject).query(async ({ ctx, input }) => ({ folder: await placeOf(ctx, input) })),

  create: procedure.input(newProject).mutation(async ({ ctx, input }) => {
    const { key } = await ctx.sessions.open(await placeOf(ctx, input), { create: true })
    return { key }
  }),

  /** Begins the sample project; its task's result is a SampleProject. */
  sample: procedure.input(newProject).mutation(async ({ ctx, input }) => {
    const folder = await placeOf(ctx, input)
    const task = { kind: 'sample', title: `Sample project ${input.name}`, project: null } as const
    return ctx.tasks.start(task, async work => {
      const made = await makeSampleProject(ctx.sessions, folder, work)
      ctx.bus.emit({ type: 'dataset', project: made.key })
      return made
    })
  }),

  open: procedure
    .input(
      z.object({
        folder: pathInput,
        readOnly: z.boolean().default(false),
        /** Key of a project whose folder was gone and that this is: it leaves the list. */
        replaces: keyInput.shape.project.optional(),
      }),
    )
    .mutation(async ({ ctx, input: { replaces, readOnly, ...input } }) => {
      const folder = await existingInside(ctx.roots, input.folder)
      const { key } = await ctx.sessions.open(folder, { readOnly })
      if (replaces !== undefined) await forgetIfGone(ctx, replaces)
      return { key }
    }),

  /** Opens one of the recent projects again, wherever it lies. */
  reopen: procedure.input(keyInput.extend({ readOnly: z.boolean() })).mutation(async ({ ctx, input }) => {
    await ctx.sessions.open(folderOf(ctx, input.project), { readOnly: input.readOnly })
  }),

  /** What is being done to the project stops first; a run keeps its checkpoint and goes on the next time. */
  close: procedure.input(keyInput).mutation(async ({ ctx, input }) => {
    await ctx.tasks.stopIn(input.project)
    await ctx.sessions.close(input.project)
  }),

  /** Takes a project from the list; its folder stays as it is. */
  forget: procedure.input(keyInput).mutation(async ({ ctx, input }) => {
    const folder = folderOf(ctx, input.project)
    await ctx.tasks.stopIn(input.project)
    await ctx.sessions.close(input.project)
    await ctx.recents.forget(folder)
    ctx.bus.emit({ type: 'projects' })
  }),

  /** What the frame shows of a project. */
  summary: projectProcedure.query(({ ctx: { session, key } }) => {
    const { project } = session
    return {
      key,
      folder: project.folder,
      name: basename(project.folder),
      readOnly: project.readOnly,
      images: project.images.count(),
      classes: project.classes.names(),
      splits: project.images.splits(),
      truths: project.masks.countTruth(),
      reviewed: project.corrections.countReviewed(),
      warnings: project.warnings,
    }
  }),
})

/** Takes a project from the list whose folder is not where it was; one that is there stays. */
async function forgetIfGone({ recents, bus }: ApiContext, key: string): Promise<void> {
  const folder = recents.find(key)?.folder
  if (folder === undefined || (await isThere(folder))) return
  await recents.forget(folder)
  bus.emit({ type: 'projects' })
}

async function isThere(folder: string): Promise<boolean> {
  return (await fileKind(join(folder, 'project.sqlite'))) === 'file'
}

/** The folder of a project that was opened here before. */
export function folderOf({ recents, sessions }: ApiContext, key: string): string {
  const folder = sessions.find(key)?.project.folder ?? recents.find(key)?.folder
  if (folder !== undefined) return folder
  throw new WorkbenchError('NOT_FOUND', 'This project is not known here: open its folder in Projects.')
}

async function described({ sessions }: ApiContext, { folder, openedAt }: RecentProject) {
  const key = projectKey(folder)
  const project = sessions.find(key)?.project
  const exists = await isThere(folder)
  const known = project ? { facts: factsOf(project) } : exists ? await factsCache.of(folder) : undefined
  const running = project?.jobs.page({ limit: 1, states: ['running'] })[0]?.runId
  return {
    key,
    folder,
    name: basename(folder),
    openedAt,
    exists,
    open: project !== undefined,
    readOnly: project?.readOnly ?? false,
    facts: known !== undefined && 'facts' in known ? known.facts : null,
    problem: known !== undefined && 'problem' in known ? known.problem : null,
    /** The process that has it open elsewhere, as far as it says so. */
    heldBy: exists && project?.readOnly !== false ? (projectHolder(folder) ?? null) : null,
    /** The run that is computing. */
    running: running === undefined || running === null ? null : project!.runs.get(running).name,
  }
}

async function placeOf({ roots }: ApiContext, { parent, name }: z.output<typeof newProject>): Promise<string> {
  assertFolderName(name)
  const folder = await newInside(roots, join(parent, name))
  if ((await fileKind(folder)) === 'file')
    throw new WorkbenchError('BAD_INPUT', `${folder} is a file: give the project another name.`)
  if ((await fileKind(join(folder, 'project.sqlite'))) === 'nothing') return folder
  throw new WorkbenchError('CONFLICT', `${folder} is a project already: choose another name, or open this one.`)
}
