import type { MethodForm } from '../../../shared/contract/recipeForm'

/** One step of a recipe that is being written; `options` holds what was set, whether or not it is the default. */
export interface DraftStep {
  readonly name: string
  readonly method: string
  readonly options: Readonly<Record<string, unknown>>
  readonly from: Readonly<Record<string, string>>
}

export interface RecipeDraft {
  /** The shipped recipe that it began as; null: one of a run. */
  readonly recipe: string | null
  readonly title: string
  readonly steps: readonly DraftStep[]
  /** Of the run; the recipe's title when empty. */
  readonly name: string
  readonly seed: number
  /** 'all', or a split of the project. */
  readonly split: string
  /** Nothing is taken over from finished runs. */
  readonly fresh: boolean
}

/** A recipe as it was written or stored. */
interface WrittenRecipe {
  readonly recipe: string | null
  readonly title: string
  readonly steps: readonly {
    readonly name?: string | undefined
    readonly method: string
    readonly options?: Readonly<Record<string, unknown>> | undefined
    readonly from?: Readonly<Record<string, string>> | undefined
  }[]
}

/** LPCAM's own: figures can be compared with its. The command line has the same. */
const usualSeed = 666

export function draftOf(
  { recipe, title, steps }: WrittenRecipe,
  before: Partial<Pick<RecipeDraft, 'seed' | 'split' | 'name'>> = {},
): RecipeDraft {
  return {
    recipe,
    title,
    steps: steps.map(({ name, method, options = {}, from = {} }) => ({ name: name ?? method, method, options, from })),
    name: recipe === null ? (before.name ?? '') : '',
    seed: before.seed ?? usualSeed,
    split: before.split ?? 'all',
    fresh: false,
  }
}

/** What the program is asked about: what was set and nothing else. */
export function recipeOf({ title, steps }: RecipeDraft) {
  return { title, steps: steps.map(({ name, method, options, from }) => ({ name, method, options, from })) }
}

export function withStep(draft: RecipeDraft, place: number, values: Partial<DraftStep>): RecipeDraft {
  return { ...draft, steps: draft.steps.map((step, i) => (i === place ? { ...step, ...values } : step)) }
}

/** @param value undefined: the default */
export function withOption(draft: RecipeDraft, place: number, option: string, value: unknown): RecipeDraft {
  const others = Object.entries(draft.steps[place]?.options ?? {}).filter(([key]) => key !== option)
  return withStep(draft, place, {
    options: Object.fromEntries(value === undefined ? others : [...others, [option, value]]),
  })
}

/** At the end, under a name that is free: the method's, or with a number. */
export function addStep(draft: RecipeDraft, method: string): RecipeDraft {
  const taken = new Set(draft.steps.map(({ name }) => name))
  let name = method
  for (let number = 2; taken.has(name); number++) name = `${method}-${number}`
  return { ...draft, steps: [...draft.steps, { name, method, options: {}, from: {} }] }
}

/** Steps that took from it take from the latest one that gives the same, if there is one. */
export function removeStep(draft: RecipeDraft, place: number): RecipeDraft {
  const gone = draft.steps[place]?.name
  const steps = draft.steps.flatMap((step, i) => {
    if (i === place) return []
    return [{ ...step, from: Object.fromEntries(Object.entries(step.from).filter(([, source]) => source !== gone)) }]
  })
  return { ...draft, steps }
}

/** The value that counts: what was set, else the default. */
export function valueOf(step: DraftStep, key: string, method: MethodForm | undefined): unknown {
  return key in step.options ? step.options[key] : method?.options.find(field => field.key === key)?.default
}

/** A run's recipe names every option; the form only keeps what differs from the defaults. */
export function withoutDefaults(draft: RecipeDraft, methods: ReadonlyMap<string, MethodForm>): RecipeDraft {
  const steps = draft.steps.map(step => {
    const fields = new Map(methods.get(step.method)?.options.map(field => [field.key, field.default]))
    const changed = Object.entries(step.options).filter(([key, value]) => !isSame(value, fields.get(key)))
    return { ...step, options: Object.fromEntries(changed) }
  })
  return { ...draft, steps }
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null)
}

/** How many options differ from their defaults. */
export function changesOf(draft: RecipeDraft, methods: ReadonlyMap<string, MethodForm>): number {
  return draft.steps.reduce((sum, step) => {
    const fields = methods.get(step.method)?.options ?? []
    return (
      sum + fields.filter(({ key, default: usual }) => key in step.options && !isSame(step.options[key], usual)).length
    )
  }, 0)
}
