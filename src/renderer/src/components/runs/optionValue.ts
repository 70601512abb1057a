import type { OptionField } from '../../../../shared/contract/recipeForm'
import { valueText } from './runFormat'

/** What stands in an option's text field. */
export function optionText(value: unknown): string {
  return value === undefined || value === null ? '' : valueText(value)
}

/**
 * What a person wrote, as the schema takes it. What is no number stays the text that it is: the recipe's check then says
 * what it must be.
 */
export function parseOption(field: OptionField, text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return field.nullable ? null : undefined
  switch (field.control) {
    case 'number':
    case 'integer':
    case 'mixed':
      return numberOr(trimmed)
    case 'numbers':
      return listOf(trimmed).map(numberOr)
    case 'texts':
      return listOf(trimmed)
    default:
      return trimmed
  }
}

/** The default, the bounds and the unit in one line. */
export function optionFacts(field: OptionField): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, unit = '' } = field
  const bounds = [
    ...(minimum === undefined ? [] : [`${exclusiveMinimum === true ? '>' : '≥'} ${minimum}`]),
    ...(maximum === undefined ? [] : [`${exclusiveMaximum === true ? '<' : '≤'} ${maximum}`]),
  ]
  const range = bounds.length === 0 ? '' : ` · ${bounds.join(', ')} ${unit}`.trimEnd()
  return `Default ${valueText(field.default)}${field.default === undefined || unit === '' ? '' : ` ${unit}`}${range}`
}

export function isSameValue(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null)
}

function numberOr(text: string): number | string {
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

function listOf(text: string): string[] {
  return text.split(/[,;\s]+/).filter(part => part !== '')
}
