import type { ArtifactKind, MethodDefinition, StepWork, WorkFacts } from '../methods/index'
import { findMethod, type MethodRegistry } from '../methods/index'
import type { Plan, PlannedStep } from './recipes'

/** Seconds of a photo on the reference machine where a method says nothing about its work. */
const unknownSecondsAPhoto = 0.5

/** What decides how much a run computes. */
export interface EstimateFacts extends Omit<WorkFacts, 'from'> {
  /** Pixels of all photos together when their longest side is this; null: as they are. */
  readonly pixelsAt: (longestSide: number | null) => number
}

/** A finished step and what it took: what later ones are estimated by. */
export interface StepRecord {
  readonly run: number
  readonly name: string
  readonly method: string
  readonly photos: number
  readonly device: 'cpu' | 'gpu'
  readonly work: CountedWork
  readonly seconds: number
  /** Of them inside the backbone; undefined where the step does not say. */
  readonly trunkSeconds?: number
  /** Share of the inputs that went through the backbone, 0 … 1; the others were cached. */
  readonly computedShare: number
  /** Bytes. */
  readonly peakMemory?: number
}

/** A step's work in seconds of the reference machine. */
export interface CountedWork {
  readonly backbone: string | null
  readonly features: number
  readonly training: number
  readonly other: number
  /** Pixels at once through the backbone, at the most. */
  readonly atOnce: number
  /** What the cache knows its inputs by, each with its share of `features`. */
  readonly passes: readonly { readonly key: string; readonly seconds: number }[]
}

/** EfficientNet-Lite0 on the reference machine, seconds for 10⁶ pixels: forward alone, and forward and back. */
const forwardSeconds = 1.1
const trainingSeconds = 2

/** Counts what `step` of `plan` computes. */
export function countWork(plan: Plan, step: PlannedStep, facts: EstimateFacts, registry: MethodRegistry): CountedWork {
  const definition: MethodDefinition = findMethod(step.method, registry)
  const from: Partial<Record<ArtifactKind, PlannedStep['options']>> = {}
  for (const [kind, name] of Object.entries(step.from) as [ArtifactKind, string][])
    from[kind] = plan.steps.find(other => other.name === name)?.options ?? {}
  const work: StepWork = definition.work?.(step.options, { ...facts, from }) ?? {
    otherSeconds: facts.photos * unknownSecondsAPhoto,
  }
  const { trunk, features = [], trainedMegapixels = 0, trainedAtOnce = 0, otherSeconds } = work
  const megapixels = facts.pixelsAt(trunk?.longestSide ?? null) / 1e6
  const cost = trunk?.cost ?? 1
  // Of a trained backbone only this run has the features: the classifier's name tells its runs' steps apart.
  const identity = trunk?.identity ?? `this run's ${step.from.classifier ?? step.name}`
  const passes = features.map(({ scale, copies }) => ({
    key: `${identity} ${scale} ${copies}`,
    seconds: megapixels * scale ** 2 * copies * cost * forwardSeconds,
  }))
  const largest = Math.max(0, ...features.map(({ scale, copies }) => scale ** 2 * copies))
  return {
    backbone: trunk?.backbone ?? null,
    features: passes.reduce((sum, { seconds }) => sum + seconds, 0),
    training: trainedMegapixels * cost * trainingSeconds,
    other: otherSeconds,
    atOnce: Math.max(trainedAtOnce, (largest * megapixels * 1e6) / Math.max(1, facts.photos)),
    passes,
  }
}
