import type { JobProgress } from '../../shared/contract/states'
import { readConfig } from '../config'
import { Estimate } from '../jobs/estimate'
import type { Emit } from '../../shared/contract/runEvents'
import { openSession, type Work, type ProjectSession } from '../host/projectSession'
import type { CommandContext } from './command'

/** Opens the command's project for `use`, and closes it whatever happens. */
export async function withSession<Result>(
  { projectFolder }: CommandContext,
  use: (session: ProjectSession) => Promise<Result>,
  emit: Emit = () => undefined,
): Promise<Result> {
  await using session = openSession(projectFolder, () => readConfig(), emit)
  return await use(session)
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
