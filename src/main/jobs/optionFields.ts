import { z } from 'zod'
import type { MethodForm, OptionControl, OptionField } from '../../shared/contract/recipeForm'
import type { MethodDefinition } from '../methods/index'

/** The part of JSON Schema that options come as; `unit` and `main` are ours, from `.meta()`. */
interface Described {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Described[]
  readonly default?: unknown
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly items?: Described
  readonly prefixItems?: readonly Described[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly unit?: string
  readonly main?: boolean
}

/** Where nothing is marked as `main`, so many options are shown before the rest is unfolded. */
const shownUnmarked = 4
const longestList = 64

/** A method as data: all that draws its form. */
export function methodForm(definition: MethodDefinition): MethodForm {
  const { id, kind, title, paper, inputs, optionalInputs = {}, outputs, presets = {} } = definition
  return {
    id,
    kind,
    title,
    ...(paper === undefined ? {} : { paper }),
    inputs,
    optionalInputs: Object.keys(optionalInputs),
    outputs,
    presets: presets as MethodForm['presets'],
    options: optionFields(definition.options),
  }
}

/** The options of a schema in its own order. What the schema says of a field is all there is: no default stands here. */
export function optionFields(schema: z.ZodObject): readonly OptionField[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    readonly properties?: Readonly<Record<string, Described>>
  }
  const entries = Object.entries(properties)
  const marked = entries.some(([, { main }]) => main === true)
  return entries.map(([key, described], place) =>
    fieldOf(key, described, marked ? described.main === true : place < shownUnmarked),
  )
}

function fieldOf(key: string, described: Described, main: boolean): OptionField {
  const branches = described.anyOf ?? [described]
  const nullable = branches.some(({ type }) => type === 'null')
  const values = branches.filter(({ type }) => type !== 'null')
  const number = values.find(({ type }) => type === 'number' || type === 'integer')
  const choices = values.flatMap(choicesOf)
  return {
    key,
    control: controlOf(values),
    nullable,
    reason: described.description ?? '',
    main,
    ...(described.default === undefined ? {} : { default: described.default }),
    ...(described.unit === undefined ? {} : { unit: described.unit }),
    ...(choices.length === 0 ? {} : { choices }),
    ...boundsOf(number ?? itemOf(values[0]) ?? {}),
    ...(values[0]?.type === 'array' ? { items: itemCount(values[0]) } : {}),
  }
}

function controlOf(values: readonly Described[]): OptionControl {
  const [first] = values
  const isNumber = ({ type }: Described) => type === 'number' || type === 'integer'
  if (values.some(isNumber) && values.some(value => choicesOf(value).length > 0)) return 'mixed'
  if (values.every(value => choicesOf(value).length > 0)) return 'choice'
  if (first?.type === 'integer') return 'integer'
  if (first?.type === 'number') return 'number'
  if (first?.type === 'boolean') return 'switch'
  if (first?.type === 'array') return isNumber(itemOf(first) ?? {}) ? 'numbers' : 'texts'
  return 'text'
}

function choicesOf({ enum: choices, const: only }: Described): string[] {
  return (choices ?? (only === undefined ? [] : [only])).filter(value => typeof value === 'string')
}

function itemOf(described: Described | undefined): Described | undefined {
  return described?.prefixItems?.[0] ?? described?.items
}

function itemCount({
  prefixItems,
  minItems = 0,
  maxItems = longestList,
}: Described): NonNullable<OptionField['items']> {
  const fixed = prefixItems?.length
  return { minimum: fixed ?? minItems, maximum: fixed ?? maxItems }
}

/** JSON Schema's numbers without zod's "any safe integer". */
function boundsOf(described: Described): Partial<OptionField> {
  const { exclusiveMinimum, exclusiveMaximum } = described
  const minimum = exclusiveMinimum ?? described.minimum
  const maximum = exclusiveMaximum ?? described.maximum
  return {
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
    ...(exclusiveMinimum === undefined ? {} : { exclusiveMinimum: true }),
    ...(exclusiveMaximum === undefined ? {} : { exclusiveMaximum: true }),
  }
}
