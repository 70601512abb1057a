import { resolve } from 'node:path'
import type { Command } from 'commander'
import { openProject } from '../db/open'
import { action, command } from './command'

/** `maskwright new DIR`: an empty project. */
export function newCommand(): Command {
  return command('new', 'make an empty project', { ofProject: false })
    .argument('<dir>', 'the folder; it may exist')
    .action(
      action(async ({ output }, dir: string) => {
        const project = openProject(dir, { create: true })
        project.close()
        const folder = resolve(dir)
        output.result(
          { project: folder },
          `${folder} is a project now. Next: \`maskwright import PHOTOS --project ${dir}\`.`,
        )
      }),
    )
}
