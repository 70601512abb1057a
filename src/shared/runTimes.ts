import type { JobProgress, WorkState } from './contract/states'

/** What is known of how long a step of a run takes. */
export interface TimedStep {
  readonly state: WorkState
  /** Of its latest attempt, milliseconds since 1970; null before it began. */
  readonly startedAt: number | null
  /** What its attempts took that have ended. */
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

type StageProgress = Pick<JobProgress, 'etaMs'>

/** An attempt that ended with the program itself left no time: what is left then is told too long rather than too short. */
function stepTimes(
  { startedAt, seconds, expectedSeconds }: TimedStep,
  progress: StageProgress | null,
  now: number,
): RunTimes {
  const spentMs = seconds * 1000 + now - (startedAt ?? now)
  const etaMs = progress?.etaMs ?? null
  if (expectedSeconds === null) return { spentMs, remainingMs: etaMs ?? undefined }
  return { spentMs, remainingMs: Math.max(etaMs ?? 0, expectedSeconds * 1000 - spentMs, 0) }
}
