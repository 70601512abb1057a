import type { Schedule } from './schedule'

export interface WarmUpOptions {
  /** Steps of the warm-up; at this step `after` takes over. */
  readonly steps: number
  /** Factor of step 0, e.g. 1e-6. */
  readonly startFactor: number
  /** The schedule that follows; it sees the step counted from the beginning, warm-up included. */
  readonly after: Schedule
}

/** Linear from `startFactor` to 1 (Goyal et al., arXiv:1706.02677), then `after`. */
export function warmUp({ steps, startFactor, after }: WarmUpOptions): Schedule {
  return step => (step < steps ? startFactor + ((1 - startFactor) * step) / steps : after(step))
}
