import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import type { Desktop } from '../../host/desktop'
import { procedure, projectProcedure, router } from '../trpc'

/** What only a desktop window has; `available` says whether this is one. */
export const desktop = router({
  available: procedure.query(({ ctx }) => ctx.desktop !== undefined),

  chooseFolder: procedure
    .input(z.object({ title: z.string().min(1).max(200) }))
    .mutation(async ({ ctx, input }) => ({ folder: (await desktopOf(ctx).chooseFolder(input.title)) ?? null })),

  /** A file or folder of the project, by its path in it; the project's own folder when left out. */
  reveal: projectProcedure.input(z.object({ path: z.string().max(4096).default('.') })).mutation(({ ctx, input }) => {
    desktopOf(ctx).reveal(pathInside(ctx.session.project.folder, input.path))
  }),
})

function desktopOf({ desktop }: { readonly desktop?: Desktop | undefined }): Desktop {
  if (desktop !== undefined) return desktop
  throw new WorkbenchError('UNSUPPORTED', 'A browser cannot do this: `npm start` opens the desktop window.')
}

/** Path escape: a window is shown what belongs to its project, and nothing else of the machine. */
function pathInside(folder: string, path: string): string {
  const target = resolve(folder, path)
  const inside = relative(folder, target)
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw new WorkbenchError('USAGE', `"${path}" is outside of the project.`)
  if (!existsSync(target)) throw new WorkbenchError('NOT_FOUND', `"${path}" is not there any more.`)
  return target
}
