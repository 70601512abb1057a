import type { Project } from '../../db/open'
import type { EngineRecord } from '../protocol/messages'

/** Runs that are looked at: the engine seldom changes. */
const mostRuns = 20

/** What the project's newest run on this library says of it; undefined where none ran on it. */
export function recordedEngine(
  project: Project,
  { library, kind }: Pick<EngineRecord, 'library' | 'kind'>,
): EngineRecord | undefined {
  const engines = project.runs.page({ limit: mostRuns }).map(({ engine }) => engine as EngineRecord | null)
  return engines.find(engine => engine?.library === library && engine.kind === kind) ?? undefined
}
