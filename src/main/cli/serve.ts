import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { z } from 'zod'
import { builtFile } from '../builtFile'
import type { RunningServer } from '../server'
import type { Workbench } from '../workbench'
import { action, command } from './command'
import { openInBrowser } from './openInBrowser'
import type { Output } from './output'
import { parseOptions } from './parseOptions'

const serveOptions = z.object({
  port: z.int().min(0).max(65_535).optional(),
  open: z.boolean().default(false),
  root: z.array(z.string()).default([]),
  project: z.string().optional(),
})

/** `maskwright serve`: the window in a browser, here or through `ssh -L`. */
export function serveCommand(): Command {
  return command('serve', 'open the workbench for a browser on this machine, or through `ssh -L`')
    .option('--port <number>', 'where to listen; 0: a free port (default: 7421 where it is free)')
    .option('--open', "open it in this machine's browser")
    .option(
      '--root <dir>',
      'a folder that may be chosen from; may be given again (default: the home folder)',
      collect,
      [],
    )
    .action(
      action(async ({ output, signal }, given: object) => {
        const { port, open, root, project } = parseOptions(serveOptions, given)
        const roots = root.length > 0 ? root.map(folder => resolve(folder)) : [homedir()]
        // The door brings an HTTP server and every request along: the other commands start without them.
        const [{ createWorkbench }, { startServer }] = await Promise.all([import('../workbench'), import('../server')])
        await using workbench = createWorkbench({ roots, rendererFolder: builtFile('../renderer') })
        await using server = await startServer(workbench, port)
        const path = project === undefined ? '/' : await openedPath(workbench, project)
        await sayWhereItIs(server, path, output, open)
        const stop = addressAtEnter(server, output)
        await new Promise<void>(done => signal.addEventListener('abort', () => done(), { once: true }))
        stop()
        sayWhatIsWaitedFor(workbench, output)
      }),
    )
}

async function openedPath({ sessions }: Workbench, project: string): Promise<string> {
  const { key } = await sessions.open(resolve(project))
  return `/p/${key}`
}

async function sayWhereItIs(server: RunningServer, path: string, output: Output, open: boolean): Promise<void> {
  const address = server.newAddress(path)
  const enter = process.stdin.isTTY ? 'Enter gives an address for another browser, ' : ''
  output.result({ address }, `Maskwright is open at ${address}\nThe address works once. ${enter}Ctrl-C stops.`)
  if (open && !(await openInBrowser(server.newAddress(path))))
    output.note('No browser can be opened from here: open the address yourself, through `ssh -L` from another machine.')
}

/** Each Enter on a terminal prints one more address; nobody can press it where there is no terminal. */
function addressAtEnter(server: RunningServer, output: Output): () => void {
  if (!process.stdin.isTTY) return () => undefined
  const lines = createInterface({ input: process.stdin })
  lines.on('line', () => output.note(`For one more browser: ${server.newAddress()}`))
  return () => lines.close()
}

function sayWhatIsWaitedFor(workbench: Workbench, output: Output): void {
  for (const { run, folder } of workbench.running())
    output.note(
      `Run ${run} of ${folder} goes to its checkpoint; the next start goes on with it. Ctrl-C again stops at once.`,
    )
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}
