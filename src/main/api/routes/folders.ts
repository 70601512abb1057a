import { basename } from 'node:path'
import { z } from 'zod'
import { realRoots } from '../../host/allowedFolders'
import { createFolder, listFolder } from '../../host/folders'
import { procedure, router } from '../trpc'

export const pathInput = z.string().min(1).max(8192)

/** What the folder picker shows: nothing outside the folders that were allowed at the start. */
export const folders = router({
  roots: procedure.query(async ({ ctx }) =>
    (await realRoots(ctx.roots)).map(path => ({ path, name: basename(path) || path })),
  ),

  list: procedure
    .input(
      z.object({
        path: pathInput,
        files: z.boolean().default(false),
        hidden: z.boolean().default(false),
        text: z.string().max(255).default(''),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(500).default(200),
      }),
    )
    .query(({ ctx, input }) => listFolder(ctx.roots, input)),

  create: procedure
    .input(z.object({ parent: pathInput, name: z.string().max(4096) }))
    .mutation(async ({ ctx, input }) => ({ path: await createFolder(ctx.roots, input.parent, input.name) })),
})
