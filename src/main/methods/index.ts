import { WorkbenchError } from '../../shared/errors'
import { didYouMean } from '../../shared/nearestName'
import type { MethodDefinition } from './defineMethod'

export type { ImageArtifact, InspectionContext, MethodContext, Progress, StepReference } from './context'
export { artifactKinds, photoMasks } from './defineMethod'
export type { ArtifactKind, MethodDefinition, OptionalInput, PhotoMask, StepWork, WorkFacts } from './defineMethod'

// A folder holds one method, or for an algorithm of several steps one in each of its subfolders.
const modules = import.meta.glob<{ readonly default: MethodDefinition }>(
  ['./*/method.ts', './*/*/method.ts', '!./_template/method.ts'],
  { eager: true },
)

/** Every method, by id: definitions only. What runs a method is behind its `load`, and so is TensorFlow. */
export const methods: ReadonlyMap<string, MethodDefinition> = registryOf(
  Object.values(modules).map(module => module.default),
)

export type MethodRegistry = ReadonlyMap<string, MethodDefinition>

/** @throws INTERNAL when two methods share an id */
export function registryOf(definitions: readonly MethodDefinition[]): MethodRegistry {
  const registry = new Map<string, MethodDefinition>()
  // Not localeCompare: loading the languages' own orders takes a twentieth of every command.
  for (const definition of [...definitions].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (registry.has(definition.id)) throw new WorkbenchError('INTERNAL', `two methods have the id ${definition.id}`)
    registry.set(definition.id, definition)
  }
  return registry
}

/** @throws RECIPE_INVALID with the nearest name when no method has this id */
export function findMethod(id: string, registry: MethodRegistry = methods): MethodDefinition {
  const found = registry.get(id)
  if (found !== undefined) return found
  throw new WorkbenchError('RECIPE_INVALID', `There is no method "${id}"${didYouMean(id, [...registry.keys()])}`)
}
