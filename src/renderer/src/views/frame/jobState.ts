import { runTimes } from '../../../../shared/runTimes'
import type { ActiveRun } from '../../stores/activity'
import { frameTexts } from '../../texts/frame'

/** What the frame says of a run that goes on or rests. */
export interface JobState {
  readonly text: string
  /** Of the run's time that is over, 0 … 1; undefined while nobody knows how long it takes. */
  readonly share: number | undefined
}

/** Of the whole run, not of the stage it is in. @param now milliseconds since 1970 */
export function jobState({ name, state, progress, steps }: ActiveRun, now = Date.now()): JobState {
  const { spentMs, remainingMs } = runTimes(steps, progress, now)
  const share = remainingMs === undefined ? undefined : spentMs / Math.max(1, spentMs + remainingMs)
  if (state === 'paused') return { text: frameTexts.job.paused(name), share }
  if (remainingMs !== undefined && share !== undefined)
    return { text: frameTexts.job.running(name, share, remainingMs), share }
  const step = steps.findIndex(each => each.state === 'running') + 1
  const text = step === 0 ? frameTexts.job.starts(name) : frameTexts.job.inStep(name, step, steps.length)
  return { text, share }
}
