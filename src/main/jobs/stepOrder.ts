import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset } from '../../shared/contract/dataset'
import { WorkbenchError } from '../../shared/errors'
import { blobPath } from '../artifacts/blobStore'
import type { Project } from '../db/open'
import {
  artifactKinds,
  findMethod,
  photoMasks,
  type ArtifactKind,
  type ImageArtifact,
  type PhotoMask,
  type StepReference,
} from '../methods/index'
import type { StepOrder } from './protocol/messages'
import type { PlannedStep } from './recipes'
import type { RunContext } from './runContext'

/** Everything that the worker needs to run `step`. */
export function stepOrder(context: RunContext, step: PlannedStep, dataset: Dataset, attempt: number): StepOrder {
  const { project, run, cacheBudget } = context
  const inputs: Partial<Record<ArtifactKind, StepReference>> = {}
  for (const kind of artifactKinds) {
    const source = step.from[kind]
    if (source !== undefined) inputs[kind] = stepReference(context, source)
  }
  return {
    name: step.name,
    method: step.method,
    options: step.options,
    dataset: withMasks(dataset, findMethod(step.method, context.registry).masks),
    seed: run.seed,
    attempt,
    inputs,
    folder: stepFolder(project, run.id, step.name),
    blobFolder: project.blobFolder,
    cacheFolder: project.cacheFolder,
    cacheBudget,
    existing: artifactsOf(project, run.id, step.name).filter(({ blob }) =>
      existsSync(blobPath(project.blobFolder, blob)),
    ),
  }
}

/** A step is told of no masks but those that its definition names: what it does not see cannot change what it makes. */
function withMasks(dataset: Dataset, given: readonly PhotoMask[] = photoMasks): Dataset {
  if (given.length === photoMasks.length) return dataset
  const images = dataset.images.map(({ truth, correction, ...image }) => ({
    ...image,
    ...(truth !== undefined && given.includes('truth') ? { truth } : {}),
    ...(correction !== undefined && given.includes('correction') ? { correction } : {}),
  }))
  return { ...dataset, images }
}

/** `runs/<run>/<step>`: what a step keeps for itself. */
export function stepFolder(project: Project, runId: number, step: string): string {
  return join(project.runFolder(runId), step)
}

/** A finished step as later ones see it. */
export function stepReference(
  { project, plan, run, registry }: Pick<RunContext, 'project' | 'plan' | 'run' | 'registry'>,
  name: string,
): StepReference {
  const step = plan.steps.find(other => other.name === name)
  if (step === undefined) throw new WorkbenchError('INTERNAL', `run ${run.id} has no step ${name}`)
  return {
    step: name,
    method: step.method,
    outputs: findMethod(step.method, registry).outputs,
    folder: stepFolder(project, run.id, name),
    options: step.options,
    artifacts: artifactsOf(project, run.id, name),
  }
}

function artifactsOf(project: Project, runId: number, step: string): ImageArtifact[] {
  return project.artifacts
    .listForStep(runId, step)
    .map(({ imageId, kind, blob }) => ({ imageId, kind: kind as ArtifactKind, blob }))
}
