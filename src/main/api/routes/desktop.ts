import { existsSync } from 'node:fs'
import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import { absolutePath } from '../../db/storedPath'
import type { Desktop } from '../../host/desktop'
import { findImage } from '../../jobs/photoLayers'
import type { ApiContext } from '../context'
import { procedure, router } from '../trpc'
import { folderOf } from './projects'

/** What can be shown in the file manager. Path escape: a window names what it knows, never a path of the machine. */
const revealable = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('project') }),
  z.strictObject({ kind: z.literal('run'), run: z.int().min(1) }),
  z.strictObject({ kind: z.literal('photo'), image: z.int().min(1) }),
])

/** What only a desktop window has; `available` says whether this is one. */
export const desktop = router({
  available: procedure.query(({ ctx }) => ctx.desktop !== undefined),

  chooseFolder: procedure
    .input(z.object({ title: z.string().min(1).max(200) }))
    .mutation(async ({ ctx, input }) => ({ folder: (await desktopOf(ctx).chooseFolder(input.title)) ?? null })),

  reveal: procedure
    .input(z.object({ project: z.string().max(64), what: revealable }))
    .mutation(async ({ ctx, input: { project, what } }) => {
      const { reveal } = desktopOf(ctx)
      const path = await pathOf(ctx, project, what)
      if (!existsSync(path)) throw new WorkbenchError('NOT_FOUND', `${path} is not there any more.`)
      reveal(path)
    }),
})

function desktopOf({ desktop }: { readonly desktop?: Desktop | undefined }): Desktop {
  if (desktop !== undefined) return desktop
  throw new WorkbenchError('UNSUPPORTED', 'A browser cannot do this: `npm start` opens the desktop window.')
}

async function pathOf(context: ApiContext, key: string, what: z.output<typeof revealable>): Promise<string> {
  if (what.kind === 'project') return folderOf(context, key)
  const { project } = await context.sessions.get(key)
  if (what.kind === 'run') return project.runFolder(what.run)
  return absolutePath(project.folder, findImage(project, what.image).path)
}
