import { WorkbenchError } from '../../shared/errors'
import { issueSentence } from '../../shared/issueSentence'
import { didYouMean } from '../../shared/nearestName'
import {
  artifactKinds,
  findMethod,
  methods,
  type ArtifactKind,
  type MethodDefinition,
  type MethodRegistry,
} from '../methods/index'
import { recipeSchema, recipeStep, type Recipe, type RecipeStep } from './recipeSchema'

/** A checked step: every option has its value and every input its step. */
export interface PlannedStep {
  readonly name: string
  readonly method: string
  readonly options: Readonly<Record<string, unknown>>
  readonly from: Readonly<Partial<Record<ArtifactKind, string>>>
}

/** A checked recipe. It is itself a recipe, which checks to the same plan: this is what a run stores. */
export interface Plan {
  readonly title: string
  readonly steps: readonly PlannedStep[]
}

/** @throws RECIPE_INVALID naming the step, the option, the value and what was probably meant */
export function checkRecipe(input: unknown, registry: MethodRegistry = methods): Plan {
  const recipe = parseShape(input)
  const steps: PlannedStep[] = []
  for (const step of recipe.steps) steps.push(checkStep(step, steps, registry))
  return { title: recipe.title, steps }
}

/** @throws RECIPE_INVALID when the keys of the recipe itself are wrong */
export function parseShape(input: unknown): Recipe {
  const parsed = recipeSchema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const known = issue.path[0] === 'steps' ? Object.keys(recipeStep.shape) : Object.keys(recipeSchema.shape)
  const hint = issue.code === 'unrecognized_keys' ? didYouMean(issue.keys[0]!, known) : '.'
  throw invalid(`The recipe cannot be used: ${issueSentence(issue, input, '')}${hint}`)
}

function checkStep(step: RecipeStep, earlier: readonly PlannedStep[], registry: MethodRegistry): PlannedStep {
  const definition = findMethod(step.method, registry)
  const name = step.name ?? step.method
  if (earlier.some(other => other.name === name))
    throw invalid(`Two steps are called "${name}": give one of them another name.`)
  return {
    name,
    method: definition.id,
    options: checkOptions(name, definition, step),
    from: chain(name, definition, step.from ?? {}, earlier, registry),
  }
}

/** Preset under explicit options, then the schema's defaults. */
function checkOptions(name: string, definition: MethodDefinition, step: RecipeStep): Record<string, unknown> {
  const given = { ...presetOf(name, definition, step.preset), ...step.options }
  const known = Object.keys(definition.options.shape)
  const unknown = Object.keys(given).find(key => !known.includes(key))
  if (unknown !== undefined) throw invalid(`${name} has no option "${unknown}"${didYouMean(unknown, known)}`)
  const parsed = definition.options.safeParse(given)
  if (!parsed.success) throw invalid(`${issueSentence(parsed.error.issues[0]!, given, name)}.`)
  return parsed.data
}

function presetOf(name: string, definition: MethodDefinition, preset: string | undefined): object {
  if (preset === undefined) return {}
  const presets = definition.presets ?? {}
  const found = presets[preset]
  if (found === undefined) throw invalid(`${name} has no preset "${preset}"${didYouMean(preset, Object.keys(presets))}`)
  return found
}

/** For each input the step that `from` names, or the latest earlier one that gives it. */
function chain(
  name: string,
  definition: MethodDefinition,
  from: Readonly<Record<string, string>>,
  earlier: readonly PlannedStep[],
  registry: MethodRegistry,
): Partial<Record<ArtifactKind, string>> {
  const stray = Object.keys(from).find(kind => !definition.inputs.some(input => input === kind))
  if (stray !== undefined)
    throw invalid(`${name} takes no ${stray}: its inputs are ${definition.inputs.join(', ') || 'the photos alone'}.`)
  const gives = (step: PlannedStep, kind: ArtifactKind) => findMethod(step.method, registry).outputs.includes(kind)
  const chained: Partial<Record<ArtifactKind, string>> = {}
  for (const kind of artifactKinds.filter(kind => definition.inputs.includes(kind))) {
    const wanted = from[kind]
    const source =
      wanted === undefined ? earlier.findLast(step => gives(step, kind)) : namedSource(name, kind, wanted, earlier)
    if (source === undefined)
      throw invalid(`${name} needs ${kind}, and no step before it gives any${whoGives(kind, registry)}`)
    if (!gives(source, kind)) throw invalid(`${name} takes ${kind} from "${source.name}", which gives none.`)
    chained[kind] = source.name
  }
  return chained
}

function namedSource(name: string, kind: string, wanted: string, earlier: readonly PlannedStep[]): PlannedStep {
  const found = earlier.find(step => step.name === wanted)
  if (found !== undefined) return found
  const known = earlier.map(step => step.name)
  throw invalid(`${name} takes ${kind} from "${wanted}", which is no step before it${didYouMean(wanted, known)}`)
}

function whoGives(kind: ArtifactKind, registry: MethodRegistry): string {
  const givers = [...registry.values()].filter(method => method.outputs.includes(kind)).map(method => method.id)
  return givers.length === 0 ? '.' : `: put ${givers.join(' or ')} before it.`
}

function invalid(sentence: string): WorkbenchError {
  return new WorkbenchError('RECIPE_INVALID', sentence)
}
