import type { Command } from 'commander'
import { clearCache } from '../artifacts/clearCache'
import { folderBytes } from '../artifacts/folderBytes'
import { readConfig } from '../config'
import { openProject } from '../db/open'
import { WorkbenchError } from '../../shared/errors'
import { bytesText } from '../../shared/text/amounts'
import { action, command } from './command'
import { withProject } from './withProject'

/** `maskwright cache [clear]`: how much is kept of what can be made again (features, small pictures), and away with it. */
export function cacheCommand(): Command {
  return command('cache', 'show the size of the cache of features and small pictures, or clear it')
    .argument('[what]', 'clear: delete it; features and pictures are made again when they are needed')
    .action(
      action(async (context, what: string | undefined) => {
        if (what !== undefined && what !== 'clear')
          throw new WorkbenchError('USAGE', `cache takes "clear" or nothing, got "${what}".`)
        const budget = readConfig().cache.budgetGigabytes * 1e9
        if (what === 'clear') {
          const project = openProject(context.projectFolder) // held while clearing: no run may be reading the cache
          try {
            const freed = await clearCache(project.cacheFolder)
            context.output.result({ freed }, `${bytesText(freed)} freed.`)
          } finally {
            project.close()
          }
        } else
          await withProject(context, async project => {
            const size = await folderBytes(project.cacheFolder)
            context.output.result(
              { folder: project.cacheFolder, bytes: size, budget },
              `${project.cacheFolder}: ${bytesText(size)} of at most ${bytesText(budget)} (cache.budgetGigabytes)`,
            )
          })
      }),
    )
}
