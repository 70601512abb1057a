import type { Command } from 'commander'
import { clearFeatureCache, folderBytes } from '../artifacts/featureCache'
import { readConfig } from '../config'
import { openProject } from '../db/open'
import { WorkbenchError } from '../../shared/errors'
import { action, command } from './command'
import { bytes } from './format'
import { withProject } from './withProject'

/** `maskwright cache [clear]`: how large the feature cache is, and away with it. */
export function cacheCommand(): Command {
  return command('cache', 'show the size of the feature cache, or clear it')
    .argument('[what]', 'clear: delete it; the next run computes the features again')
    .action(
      action(async (context, what: string | undefined) => {
        if (what !== undefined && what !== 'clear')
          throw new WorkbenchError('USAGE', `cache takes "clear" or nothing, got "${what}".`)
        const budget = readConfig().cache.budgetGigabytes * 1e9
        if (what === 'clear') {
          const project = openProject(context.projectFolder) // held while clearing: no run may be reading the cache
          try {
            const freed = await clearFeatureCache(project.cacheFolder)
            context.output.result({ freed }, `${bytes(freed)} freed.`)
          } finally {
            project.close()
          }
        } else
          await withProject(context, async project => {
            const size = await folderBytes(project.cacheFolder)
            context.output.result(
              { folder: project.cacheFolder, bytes: size, budget },
              `${project.cacheFolder}: ${bytes(size)} of at most ${bytes(budget)} (cache.budgetGigabytes)`,
            )
          })
      }),
    )
}
