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
  type OptionalInput,
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
  const [problem] = optionProblems(name, definition, step)
  if (problem !== undefined) throw invalid(problem.message)
  const options = definition.options.parse(givenOptions(definition, step))
  return {
    name,
    method: definition.id,
    options,
    from: chain({ ...step, name, options }, definition, earlier, registry),
  }
}

type OptionsOfStep = Pick<RecipeStep, 'preset' | 'options'>

/** An option that cannot be used, and why. */
export interface OptionProblem {
  /** The option's key, or `preset`. */
  readonly field: string
  readonly message: string
}

/** All that is wrong with a step's options: preset under explicit options, then the schema. */
export function optionProblems(
  name: string,
  definition: MethodDefinition,
  step: OptionsOfStep,
): readonly OptionProblem[] {
  const { preset } = step
  const presets = Object.keys(definition.presets ?? {})
  if (preset !== undefined && !presets.includes(preset))
    return [{ field: 'preset', message: `${name} has no preset "${preset}"${didYouMean(preset, presets)}` }]
  const given = givenOptions(definition, step)
  const known = Object.keys(definition.options.shape)
  const unknown = Object.keys(given)
    .filter(key => !known.includes(key))
    .map(key => ({ field: key, message: `${name} has no option "${key}"${didYouMean(key, known)}` }))
  const parsed = definition.options.safeParse(given)
  const issues = parsed.success ? [] : parsed.error.issues
  return [
    ...unknown,
    ...issues.map(issue => ({ field: String(issue.path[0]), message: `${issueSentence(issue, given, name)}.` })),
  ]
}

/** A step's options with their defaults; undefined where they cannot be used. */
export function parsedOptions(
  definition: MethodDefinition,
  step: OptionsOfStep,
): Readonly<Record<string, unknown>> | undefined {
  return definition.options.safeParse(givenOptions(definition, step)).data
}

/** The options that a step says, its preset's under its own. */
function givenOptions({ presets }: MethodDefinition, { preset, options }: OptionsOfStep): object {
  return { ...(preset === undefined ? {} : presets?.[preset]), ...options }
}

/** For each input the step that `from` names, or the latest earlier one that gives it. */
function chain(
  { name, options, from = {} }: Pick<RecipeStep, 'from'> & Pick<PlannedStep, 'name' | 'options'>,
  definition: MethodDefinition,
  earlier: readonly PlannedStep[],
  registry: MethodRegistry,
): Partial<Record<ArtifactKind, string>> {
  const stray = strayInput(name, definition, from)
  if (stray !== undefined) throw invalid(stray)
  const chained: Partial<Record<ArtifactKind, string>> = {}
  for (const kind of artifactKinds.filter(kind => definition.inputs.includes(kind))) {
    const optional = definition.optionalInputs?.[kind]
    const source = chainInput({ name, kind, wanted: from[kind], optional, options }, earlier, registry)
    if (source !== undefined) chained[kind] = source
  }
  return chained
}

/** What is wrong with a `from` that names an input which the method does not take. */
export function strayInput(
  name: string,
  { inputs }: MethodDefinition,
  from: Readonly<Record<string, string>>,
): string | undefined {
  const stray = Object.keys(from).find(kind => !inputs.some(input => input === kind))
  if (stray === undefined) return undefined
  return `${name} takes no ${stray}: its inputs are ${inputs.join(', ') || 'the photos alone'}.`
}

/** What a step takes. */
export interface WantedInput {
  /** The step's. */
  readonly name: string
  readonly kind: ArtifactKind
  /** The step that `from` names. */
  readonly wanted: string | undefined
  readonly optional: OptionalInput<Readonly<Record<string, unknown>>> | undefined
  /** The step's, parsed. */
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * @returns the name of the earlier step that gives an input; undefined where none does and the step can do without
 * @throws RECIPE_INVALID where none does and it cannot
 */
export function chainInput(
  { name, kind, wanted, optional, options }: WantedInput,
  earlier: readonly PlannedStep[],
  registry: MethodRegistry,
): string | undefined {
  const gives = (step: PlannedStep) => findMethod(step.method, registry).outputs.includes(kind)
  const source = wanted === undefined ? earlier.findLast(gives) : namedSource(name, kind, wanted, earlier)
  if (source === undefined) {
    if (optional?.isNeeded(options) === false) return undefined
    const instead = optional === undefined ? '' : `, or ${optional.instead}`
    throw invalid(`${name} needs ${kind}, and no step before it gives any${whoGives(kind, registry, instead)}`)
  }
  if (!gives(source)) throw invalid(`${name} takes ${kind} from "${source.name}", which gives none.`)
  return source.name
}

function namedSource(name: string, kind: string, wanted: string, earlier: readonly PlannedStep[]): PlannedStep {
  const found = earlier.find(step => step.name === wanted)
  if (found !== undefined) return found
  const known = earlier.map(step => step.name)
  throw invalid(`${name} takes ${kind} from "${wanted}", which is no step before it${didYouMean(wanted, known)}`)
}

function whoGives(kind: ArtifactKind, registry: MethodRegistry, instead: string): string {
  const givers = [...registry.values()].filter(method => method.outputs.includes(kind)).map(method => method.id)
  return givers.length === 0 ? `${instead}.` : `: put ${givers.join(' or ')} before it${instead}.`
}

function invalid(sentence: string): WorkbenchError {
  return new WorkbenchError('RECIPE_INVALID', sentence)
}
