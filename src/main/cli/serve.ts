import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { builtFile } from '../builtFile'
import { startServer } from '../server'
import { createWorkbench } from '../workbench'
import { action, command } from './command'
import { parseOptions } from './parseOptions'

const serveOptions = z.object({
  port: z.int().min(0).max(65_535).default(0),
  root: z.array(z.string()).default([]),
  project: z.string().optional(),
})

/** `maskwright serve`: the window in a browser, here or through `ssh -L`. */
export function serveCommand(): Command {
  return command('serve', 'open the workbench for a browser on this machine, or through `ssh -L`')
    .option('--port <number>', 'where to listen (default: a free port)')
    .option(
      '--root <dir>',
      'a folder that may be chosen from; may be given again (default: the home folder)',
      collect,
      [],
    )
    .action(
      action(async ({ output, signal }, given: object) => {
        const { port, root, project } = parseOptions(serveOptions, given)
        const roots = root.length > 0 ? root.map(folder => resolve(folder)) : [homedir()]
        await using workbench = createWorkbench({ roots, rendererFolder: builtFile('../renderer') })
        await using server = await startServer(workbench, port)
        if (project !== undefined) await workbench.sessions.open(resolve(project))
        const address = server.newAddress()
        output.result({ address }, `Maskwright is open at ${address}`)
        await new Promise<void>(done => signal.addEventListener('abort', () => done(), { once: true }))
      }),
    )
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}
