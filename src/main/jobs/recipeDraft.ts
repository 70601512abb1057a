import type { RecipeProblem } from '../../shared/contract/recipeForm'
import { toErrorData } from '../../shared/errors'
import { findMethod, methods, type MethodRegistry } from '../methods/index'
import type { RecipeStep } from './recipeSchema'
import {
  chainInput,
  checkRecipe,
  optionProblems,
  parsedOptions,
  parseShape,
  strayInput,
  type Plan,
  type PlannedStep,
} from './recipes'

export interface CheckedDraft {
  /** What would run; null where there are problems. */
  readonly plan: Plan | null
  readonly problems: readonly RecipeProblem[]
}

/** Checks a recipe that is being written: everything that is wrong, each at its place, where `checkRecipe` stops at once. */
export function checkDraft(input: unknown, registry: MethodRegistry = methods): CheckedDraft {
  const shape = caught(() => parseShape(input))
  if ('message' in shape) return { plan: null, problems: [{ step: null, field: null, message: shape.message }] }
  const problems: RecipeProblem[] = []
  const earlier: PlannedStep[] = []
  for (const [place, step] of shape.value.steps.entries()) {
    const found = problemsOf(step, earlier, registry)
    problems.push(...found.map(problem => ({ step: place, ...problem })))
    const { name = step.method, method, options = {}, from = {} } = step
    if (registry.has(method)) earlier.push({ name, method, options, from })
  }
  return { plan: problems.length === 0 ? checkRecipe(input, registry) : null, problems }
}

type StepProblem = Omit<RecipeProblem, 'step'>

function problemsOf(step: RecipeStep, earlier: readonly PlannedStep[], registry: MethodRegistry): StepProblem[] {
  const definition = caught(() => findMethod(step.method, registry))
  if ('message' in definition) return [{ field: null, message: definition.message }]
  const name = step.name ?? step.method
  const problems: StepProblem[] = []
  if (earlier.some(other => other.name === name))
    problems.push({ field: 'name', message: `Two steps are called "${name}": give one of them another name.` })
  problems.push(...optionProblems(name, definition.value, step))
  const stray = strayInput(name, definition.value, step.from ?? {})
  if (stray !== undefined) problems.push({ field: null, message: stray })
  const options = parsedOptions(definition.value, step)
  for (const kind of definition.value.inputs) {
    const optional = definition.value.optionalInputs?.[kind]
    if (optional !== undefined && options === undefined) continue // nobody can say yet whether it is needed
    const input = { name, kind, wanted: step.from?.[kind], optional, options: options ?? {} }
    const source = caught(() => chainInput(input, earlier, registry))
    if ('message' in source) problems.push({ field: `from.${kind}`, message: source.message })
  }
  return problems
}

/** What `work` gives, or the sentence of what it throws. */
function caught<Value>(work: () => Value): { readonly value: Value } | { readonly message: string } {
  try {
    return { value: work() }
  } catch (error) {
    return { message: toErrorData(error).message }
  }
}
