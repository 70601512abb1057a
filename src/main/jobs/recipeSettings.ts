import { parse, YAMLParseError } from 'yaml'
import { WorkbenchError } from '../../shared/errors'
import { didYouMean } from '../../shared/nearestName'
import type { Recipe } from './recipeSchema'

export interface Setting {
  readonly step: string
  /** An option of the step's method, or `preset`. */
  readonly option: string
  readonly value: unknown
}

/** `lpcam.tau=0.2` → step, option and the value as YAML reads it: numbers, true, lists, texts. @throws USAGE */
export function parseSetting(text: string): Setting {
  const match = /^([^.=]+)\.([^=]+=.*)$/s.exec(text)
  if (match === null)
    throw new WorkbenchError('USAGE', `--set takes step.option=value (such as lpcam.tau=0.2), got "${text}".`)
  const step = match[1]!.trim()
  const [option, value] = parseAssignment(match[2]!, `${step}.`)
  return { step, option, value }
}

/** `diagonal=false` → option and value. @param before what sentences say before the option */
export function parseAssignment(text: string, before = ''): readonly [option: string, value: unknown] {
  const match = /^([^=]+)=(.*)$/s.exec(text)
  if (match === null) throw new WorkbenchError('USAGE', `--set takes option=value, got "${before}${text}".`)
  const [, option, value] = match
  try {
    return [option!.trim(), parse(value!) as unknown]
  } catch (cause) {
    const reason = cause instanceof YAMLParseError ? cause.message.split('\n')[0] : String(cause)
    throw new WorkbenchError('USAGE', `--set ${before}${option}: cannot read the value "${value}": ${reason}`, {
      cause,
    })
  }
}

/** The recipe with the settings put over its options. @throws USAGE for a step that the recipe does not have */
export function applySettings(recipe: Recipe, settings: readonly Setting[]): Recipe {
  return settings.reduce(applySetting, recipe)
}

function applySetting(recipe: Recipe, { step, option, value }: Setting): Recipe {
  const names = recipe.steps.map(({ name, method }) => name ?? method)
  const index = names.indexOf(step)
  if (index === -1)
    throw new WorkbenchError(
      'USAGE',
      `--set ${step}.${option}: the recipe has no step "${step}"${didYouMean(step, names)}`,
    )
  const old = recipe.steps[index]!
  const changed =
    option === 'preset' ? { ...old, preset: String(value) } : { ...old, options: { ...old.options, [option]: value } }
  return { ...recipe, steps: recipe.steps.with(index, changed) }
}
