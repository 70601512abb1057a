import type { Command } from 'commander'
import { restoreBackup } from '../db/restore'
import { action, command } from './command'

/** `maskwright restore [FILE]`: a backup in the project's place. */
export function restoreCommand(): Command {
  return command('restore', 'put a backup in the place of the project, which is backed up before')
    .argument('[file]', 'a file of `backups/` (default: the newest)')
    .action(
      action(async ({ output, projectFolder }, file: string | undefined) => {
        const restored = restoreBackup(projectFolder, file)
        const before = restored.kept === null ? '' : ` The project as it was is kept as backups/${restored.kept}.`
        output.result(restored, `${projectFolder} is as it was in ${restored.restored} now.${before}`)
      }),
    )
}
