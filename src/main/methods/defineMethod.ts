import type { z } from 'zod'
import type { MethodContext, StepResult } from './context'

/** What a step takes in and gives out: a recipe chains when every input is some earlier step's output. */
export const artifactKinds = ['classifier', 'scores', 'labels', 'prototypes'] as const
export type ArtifactKind = (typeof artifactKinds)[number]

export const methodKinds = ['train', 'seed', 'refine', 'segment'] as const
export type MethodKind = (typeof methodKinds)[number]

export interface Paper {
  readonly title: string
  readonly url: string
  readonly year: number
}

/** A method: data that can be listed without TensorFlow, and a door that loads the code that runs it. */
export interface MethodDefinition<Schema extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly kind: MethodKind
  readonly title: string
  readonly paper?: Paper
  readonly options: Schema
  /** Named option sets, e.g. `official-voc`; an option given beside a preset wins over it. */
  readonly presets?: Readonly<Record<string, Partial<z.output<Schema>>>>
  readonly inputs: readonly ArtifactKind[]
  readonly outputs: readonly ArtifactKind[]
  readonly load: () => Promise<{ readonly run: MethodRun<z.output<Schema>> }>
}

export type MethodRun<Options> = (options: Options, context: MethodContext) => Promise<StepResult>

/** Gives a definition its types; the object is returned as it is. */
export function defineMethod<Schema extends z.ZodObject>(
  definition: MethodDefinition<Schema>,
): MethodDefinition<Schema> {
  return definition
}
