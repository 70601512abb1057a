import type { FigureOrigin } from './contract/evaluation'

type Recipe = Pick<FigureOrigin, 'methods' | 'settings' | 'seed'>

/** One option that is not the same in all recipes. */
export interface OptionDifference {
  readonly option: string
  /** By recipe; undefined where the recipe has no such step or option. */
  readonly values: readonly unknown[]
}

export interface StepDifference {
  readonly method: string
  /** Its name in each recipe; undefined where it has no such step. */
  readonly names: readonly (string | undefined)[]
  /** Empty where a step is missing in some and nothing else differs. */
  readonly options: readonly OptionDifference[]
}

interface Step {
  readonly method: string
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * What differs between recipes, step by step, and nothing else. Steps belong together by method and by how many of that
 * method came before: their names are people's, and two chains rarely share them.
 */
export function recipeDifference(recipes: readonly Recipe[]): StepDifference[] {
  const chains = recipes.map(stepsByPlace)
  const places = [...new Set(chains.flatMap(chain => [...chain.keys()]))]
  return places
    .map(place => stepDifference(chains.map(chain => chain.get(place))))
    .filter(({ names, options }) => options.length > 0 || names.includes(undefined))
}

function stepsByPlace({ methods, settings }: Recipe): ReadonlyMap<string, Step> {
  const seen = new Map<string, number>()
  return new Map(
    Object.entries(methods).map(([name, method]) => {
      const before = seen.get(method) ?? 0
      seen.set(method, before + 1)
      return [`${method} ${before}`, { method, name, options: settings[name] ?? {} }]
    }),
  )
}

function stepDifference(steps: readonly (Step | undefined)[]): StepDifference {
  const present = steps.filter(step => step !== undefined)
  const options = present.length < steps.length ? [] : differentOptions(present)
  return { method: present[0]?.method ?? '', names: steps.map(step => step?.name), options }
}

function differentOptions(steps: readonly Step[]): OptionDifference[] {
  const names = [...new Set(steps.flatMap(({ options }) => Object.keys(options)))]
  return names
    .map(option => ({ option, values: steps.map(({ options }) => options[option]) }))
    .filter(({ values }) => new Set(values.map(value => JSON.stringify(value))).size > 1)
}
