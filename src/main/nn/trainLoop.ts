import { existsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../shared/errors'
import { loadCheckpoint, saveCheckpoint, type TrainingState } from './checkpoint'
import { type Pass, trainingPass } from './layer'
import { scaleBy } from './ops'
import { prefetch } from './prefetch'
import type { Schedule } from './schedules/schedule'
import { replace, sumAndFree } from './tensors'

/** Where a micro-batch belongs: part `part` of optimizer step `step`. */
export interface BatchPosition {
  readonly step: number
  readonly part: number
}

export interface Training<Batch> extends TrainingState {
  readonly seed: number
  readonly schedule: Schedule
  readonly totalSteps: number
  readonly stepsPerEpoch: number
  /** Micro-batches of equal size whose gradients make one step. */
  readonly parts: number
  /** Makes a micro-batch. It must depend on its position alone, or a resumed run would see other photos. */
  readonly makeBatch: (position: BatchPosition) => Promise<Batch>
  /** How many micro-batches are made ahead of the engine. */
  readonly ahead: number
  /**
   * Forward pass, loss and backward pass of one micro-batch: adds `share` of its gradient to the parameters'.
   * @returns the loss, a scalar that the loop frees
   */
  readonly learn: (batch: Batch, pass: Pass, share: number) => Tensor
  readonly checkpoint: {
    readonly path: string
    /** Besides the end of every epoch, a checkpoint is written when the last is this old. */
    readonly everySeconds: number
  }
}

export interface StepReport {
  /** Optimizer steps done, this one included. */
  readonly step: number
  readonly totalSteps: number
  /** Mean over the step's micro-batches. */
  readonly loss: number
  /** The schedule's factor that this step used. */
  readonly factor: number
}

export interface TrainingHooks {
  /** Called before every step: waits while the run is paused, throws AbortError when it is cancelled. */
  readonly checkpoint: () => Promise<void>
  readonly onStep: (report: StepReport) => void
  /**
   * Validation and the like, after every epoch and before its checkpoint.
   * @param epoch epochs done
   * @param isWhole false for the epoch that a resumed training began in the middle of: what it gathered is of a part
   */
  readonly onEpoch?: (epoch: number, isWhole: boolean) => Promise<void>
}

/**
 * Trains until `totalSteps`, from the checkpoint where there is one. Interrupted anywhere and started again, it ends
 * with the very same weights: batches and random numbers depend on the position, everything else is in the checkpoint.
 */
export async function trainLoop<Batch>(training: Training<Batch>, hooks: TrainingHooks): Promise<void> {
  const { checkpoint, totalSteps, stepsPerEpoch, parts } = training
  const start = existsSync(checkpoint.path) ? await loadCheckpoint(checkpoint.path, training) : 0
  const position = (index: number) => ({ step: Math.floor(index / parts), part: index % parts })
  const range = { from: start * parts, to: totalSteps * parts, ahead: training.ahead }
  const batches = prefetch(index => training.makeBatch(position(index)), range)
  let savedAt = performance.now()
  for (let step = start; step < totalSteps; step++) {
    await setImmediate() // a step is synchronous native code: only here do messages arrive
    await hooks.checkpoint()
    hooks.onStep(await trainStep(training, batches, step))
    const done = step + 1
    const epochEnds = done % stepsPerEpoch === 0 || done === totalSteps
    const epoch = Math.ceil(done / stepsPerEpoch)
    if (epochEnds) await hooks.onEpoch?.(epoch, start <= (epoch - 1) * stepsPerEpoch)
    if (!epochEnds && performance.now() - savedAt < checkpoint.everySeconds * 1000) continue
    await saveCheckpoint(checkpoint.path, training, done)
    savedAt = performance.now()
  }
}

async function trainStep<Batch>(
  training: Training<Batch>,
  batches: AsyncGenerator<Batch>,
  step: number,
): Promise<StepReport> {
  const { parameters, optimizer, schedule, totalSteps, parts, seed } = training
  try {
    let total: Tensor | null = null
    for (let part = 0; part < parts; part++) {
      const batch = (await batches.next()).value as Batch
      const loss = training.learn(batch, trainingPass(seed, step), 1 / parts)
      total = total === null ? loss : sumAndFree(total, loss)
    }
    const mean = replace(total!, scaleBy(total!, 1 / parts))
    const loss = mean.dataSync()[0]!
    mean.dispose()
    assertFinite(loss, step)
    const factor = schedule(step)
    optimizer.step(parameters, factor)
    return { step: step + 1, totalSteps, loss, factor }
  } finally {
    for (const parameter of parameters) parameter.clearGradient()
  }
}

function assertFinite(loss: number, step: number): void {
  if (Number.isFinite(loss)) return
  throw new WorkbenchError(
    'BAD_INPUT',
    `The loss became ${loss} at step ${step + 1}: the learning rate is too high for these photos. ` +
      "Lower the step's learningRate.",
  )
}
