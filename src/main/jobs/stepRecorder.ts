import type { JobProgress } from '../../shared/contract/states'
import type { NewMetric } from '../db/metricRepo'
import type { Project } from '../db/open'
import type { ArtifactRow } from '../db/schema'
import type { ImageArtifact, Progress } from '../methods/index'
import { Estimate } from './estimate'

/** What is lost when the machine stops: a resumed step makes it again, and the blobs are still there. */
const longestDelayMs = 1_000

/** Collects what a step reports and stores it a second at a time: one transaction a photo would wait for the disk. */
export class StepRecorder {
  readonly #project: Project
  readonly #place: { readonly runId: number; readonly step: string; readonly jobId: number }
  readonly #onMetrics: () => void
  readonly #estimate = new Estimate()
  #artifacts: ArtifactRow[] = []
  #metrics: NewMetric[] = []
  #progress: JobProgress | undefined
  #storedAt = performance.now()
  #timer: NodeJS.Timeout | undefined
  /** What storing met while nobody called: the next call throws it. */
  #failure: unknown

  /** @param onMetrics called each time points of curves or figures were stored */
  constructor(
    project: Project,
    place: { readonly runId: number; readonly step: string; readonly jobId: number },
    onMetrics: () => void,
  ) {
    this.#project = project
    this.#place = place
    this.#onMetrics = onMetrics
  }

  artifact({ imageId, kind, blob }: ImageArtifact): void {
    const { runId, step } = this.#place
    this.#artifacts.push({ runId, step, imageId, kind, blob })
    this.#storeWhenDue()
  }

  metric(name: string, value: number, at: number | null): void {
    const { runId, step } = this.#place
    this.#metrics.push({ runId, step, name, value, ...(at === null ? {} : { at }) })
    this.#storeWhenDue()
  }

  /** @returns the progress with how long the stage still takes */
  progress({ done, total, unit, stage }: Progress): JobProgress {
    const etaMs = this.#estimate.update(stage, done, total, performance.now())
    const progress = { done, total, unit, stage, etaMs }
    this.#progress = progress
    this.#storeWhenDue()
    return progress
  }

  /** Stores everything that was reported up to now. */
  store(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#storedAt = performance.now()
    const [artifacts, metrics, progress] = [this.#artifacts, this.#metrics, this.#progress]
    if (artifacts.length + metrics.length === 0 && progress === undefined) return
    this.#project.transaction(() => {
      this.#project.artifacts.record(artifacts)
      this.#project.metrics.record(metrics)
      if (progress !== undefined) this.#project.jobs.setProgress(this.#place.jobId, progress)
    })
    this.#artifacts = []
    this.#metrics = []
    this.#progress = undefined
    if (metrics.length > 0) this.#onMetrics()
  }

  #storeWhenDue(): void {
    if (this.#failure !== undefined) throw this.#failure
    const left = longestDelayMs - (performance.now() - this.#storedAt)
    if (left <= 0) this.store()
    // The next report of a slow step may be a minute away, and somebody is watching the curve.
    else this.#timer ??= setTimeout(() => this.#storeLate(), left)
  }

  #storeLate(): void {
    try {
      this.store()
    } catch (error) {
      this.#failure = error
    }
  }
}
