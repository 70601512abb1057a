import type { JobProgress, WorkState } from './contract/states'

/** What is known of how long a step of a run takes. */
export interface TimedStep {
  readonly state: WorkState
  /** Milliseconds since 1970; null before it began. */
  readonly startedAt: number | null
  /** What it took; 0 until it is done. */
  readonly seconds: number
  /** What it is expected to take, by earlier ones; null where nobody knows. */
  readonly expectedSeconds: number | null
}

/** Milliseconds that a run has taken and will take. */
export interface RunTimes {
  readonly spentMs: number
  /** Undefined where a step is left of which nobody knows. */
  readonly remainingMs: number | undefined
}

/**
 * How long a run has computed and still computes: the stage as it goes, the step and those after it as earlier ones went.
 * @param progress of the stage that goes on; null while it says nothing
 * @param now      milliseconds since 1970
 */
export function runTimes(steps: readonly TimedStep[], progress: StageProgress | null, now: number): RunTimes {
  const finished = steps.reduce((sum, { state, seconds }) => sum + (state === 'running' ? 0 : seconds * 1000), 0)
  const current = steps.find(({ state }) => state === 'running')
  if (current === undefined) return { spentMs: finished, remainingMs: undefined }
  const step = stepTimes(current, progress, now)
  const waiting = steps.filter(({ state }) => state === 'queued').map(({ expectedSeconds }) => expectedSeconds)
  const isKnown = step.remainingMs !== undefined && !waiting.includes(null)
  const later = waiting.reduce<number>((sum, seconds) => sum + (seconds ?? 0) * 1000, 0)
  return { spentMs: finished + step.spentMs, remainingMs: isKnown ? step.remainingMs + later : undefined }
}

type StageProgress = Pick<JobProgress, 'done' | 'total' | 'etaMs'>

/** A step that was interrupted began long ago: what it has computed is what it was expected to less what is left. */
function stepTimes({ startedAt, expectedSeconds }: TimedStep, progress: StageProgress | null, now: number): RunTimes {
  const since = now - (startedAt ?? now)
  const etaMs = progress?.etaMs ?? null
  if (expectedSeconds !== null) {
    const remainingMs = Math.max(etaMs ?? 0, expectedSeconds * 1000 - since, 0)
    return { spentMs: Math.max(0, expectedSeconds * 1000 - remainingMs), remainingMs }
  }
  if (progress === null || etaMs === null) return { spentMs: since, remainingMs: undefined }
  const { done, total } = progress
  return { spentMs: total > done ? (etaMs * done) / (total - done) : since, remainingMs: etaMs }
}
