import { SingleBar } from 'cli-progress'
import type { JobProgress } from '../../shared/contract/states'
import { exactDuration } from './exactDuration'

/** Shows how far a long work has come, on standard error. */
export interface ProgressView {
  /** @param title what is going on as a whole, such as the step's name */
  readonly update: (title: string, progress: JobProgress) => void
  /** Takes the bar away, so that lines can be written; the next update shows it again. */
  readonly clear: () => void
}

/** Where nobody watches a terminal, a line at most this often says that it goes on. */
const plainIntervalMs = 5_000

/** A bar on a terminal, plain lines elsewhere. */
export function progressView(stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? bar(stream) : plainLines(stream)
}

function bar(stream: NodeJS.WriteStream): ProgressView {
  let shown: SingleBar | undefined
  const clear = () => {
    shown?.stop()
    shown = undefined
  }
  return {
    update: (title, { done, total, unit, stage, etaMs }) => {
      const payload = { what: described(title, stage), unit, left: left('· ', etaMs) }
      if (shown === undefined) {
        shown = new SingleBar({
          stream,
          format: '{what}  {bar}  {value}/{total} {unit} {left}',
          barCompleteChar: '━',
          barIncompleteChar: '┄',
          barsize: 24,
          hideCursor: true,
          clearOnComplete: true,
          gracefulExit: false, // Ctrl-C is ours: the run is cancelled first
        })
        shown.start(total, done, payload)
      } else {
        shown.setTotal(total)
        shown.update(done, payload)
      }
    },
    clear,
  }
}

function plainLines(stream: NodeJS.WriteStream): ProgressView {
  let last = ''
  let lastAt = -Infinity
  return {
    update: (title, { done, total, unit, stage, etaMs }) => {
      const what = described(title, stage)
      const now = performance.now()
      const isNew = what !== last
      if (!isNew && done < total && now - lastAt < plainIntervalMs) return
      if (!isNew && lastAt === Infinity) return
      last = what
      lastAt = done < total ? now : Infinity
      stream.write(`${what}: ${done}/${total} ${unit}${left(', ', etaMs)}\n`)
    },
    clear: () => undefined,
  }
}

function described(title: string, stage: string): string {
  return stage === '' || stage === title ? title : `${title} · ${stage}`
}

/** Whole seconds: nobody believes more. Nothing where there is nothing to say. */
function left(separator: string, etaMs: number | null): string {
  return etaMs === null || etaMs === 0 ? '' : `${separator}${exactDuration(Math.max(1_000, etaMs))} left`
}
