import type { JobProgress } from '../../shared/contract/states'
import { readConfig } from '../config'
import { Estimate } from '../jobs/estimate'
import type { Emit } from '../jobs/events'
import { openWorkbench, type Work, type Workbench } from '../workbench'
import type { CommandContext } from './command'

/** Opens the workbench of the command's project for `use`, and closes it whatever happens. */
export async function withWorkbench<Result>(
  { projectFolder }: CommandContext,
  use: (workbench: Workbench) => Promise<Result>,
  emit: Emit = () => undefined,
): Promise<Result> {
  await using workbench = openWorkbench(projectFolder, readConfig(), emit)
  return await use(workbench)
}

/** A work that shows itself on the terminal under `title` and stops at Ctrl-C. */
export function shownWork({ output, signal }: CommandContext, title: string): Work {
  const estimate = new Estimate()
  return {
    signal,
    progress: progress => {
      const etaMs = estimate.update(progress.stage, progress.done, progress.total, performance.now())
      output.progress(title, { ...progress, etaMs } satisfies JobProgress)
    },
  }
}
