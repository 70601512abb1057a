import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import { didYouMean } from '../../shared/nearestName'
import { checkSettings, configFile, configSchema, environmentSettings, settingKeys, variableName } from '../config'
import { changeSettings, parseSettings } from '../config/settingsText'
import { replaceFile } from '../weights/atomicFile'

/** One setting as a form shows it. */
export interface SettingField {
  /** `group.name`. */
  readonly key: string
  readonly kind: 'choice' | 'whole' | 'number' | 'text'
  readonly choices: readonly string[]
  readonly minimum: number | null
  readonly maximum: number | null
  /** What holds where nothing is said; null: nothing. */
  readonly usual: string | number | null
  readonly reason: string
  /** What the file says; null: nothing. */
  readonly value: string | number | null
  /** The variable that wins over the file. */
  readonly variable: string
  /** What that variable says, where it is set. */
  readonly overriddenBy: string | null
}

export interface SettingsView {
  readonly file: string
  readonly exists: boolean
  readonly fields: readonly SettingField[]
  /** Why the file or the environment cannot be used, in a sentence with its line. */
  readonly problem: string | null
  /** The file's lines, where it cannot be used. */
  readonly lines: readonly string[]
}

/** A key and what the file shall say; null: nothing, so that the default holds. */
export type SettingValues = Readonly<Record<string, string | number | null>>

/** What the form shows; a broken file is shown too, with what is wrong. */
export function viewSettings(environment: NodeJS.ProcessEnv = process.env): SettingsView {
  const file = configFile(environment)
  const text = readText(file)
  const overrides = attempt(() => new Map(environmentSettings(environment).map(({ key, value }) => [key, value])))
  const settings = attempt(() => parseSettings(text, file))
  const checked = settings.value && attempt(() => checkSettings(settings.value!, file))
  const problem = settings.problem ?? checked?.problem ?? overrides.problem ?? null
  const values = checked?.value === undefined ? {} : flatten(settings.value?.values)
  return {
    file,
    exists: existsSync(file),
    fields: settingKeys().map(key => fieldOf(key, values[key], overrides.value?.get(key))),
    problem,
    lines: problem === null ? [] : text.split('\n').slice(0, 200),
  }
}

/**
 * Writes values into the file, which keeps its comments, its order and what else it says.
 * @throws USAGE where a value is out of bounds or a key is none; the file is as it was then
 */
export async function storeSettings(given: SettingValues, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const file = configFile(environment)
  const known = settingKeys()
  const unknown = Object.keys(given).find(key => !known.includes(key))
  if (unknown !== undefined)
    throw new WorkbenchError('USAGE', `There is no setting "${unknown}"${didYouMean(unknown, known)}`)
  const changes = Object.entries(given).map(([key, value]) => [key, value ?? undefined] as const)
  const text = changeSettings(readText(file), Object.fromEntries(changes), file)
  checkSettings(parseSettings(text, file), file)
  try {
    mkdirSync(dirname(file), { recursive: true })
    await replaceFile(file, [Buffer.from(text)])
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `The settings cannot be written to ${file}: ${String(cause)}`, {
      cause,
    })
  }
}

function readText(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** The part of a JSON Schema that settings use. */
interface SettingSchema {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: string | number
  readonly description?: string
}

const groups = z.toJSONSchema(configSchema, { io: 'input' }).properties as Readonly<
  Record<string, { readonly properties: Readonly<Record<string, SettingSchema>> }>
>

function fieldOf(key: string, value: unknown, override: unknown): SettingField {
  const [group, name] = key.split('.') as [string, string]
  const schema = groups[group]!.properties[name]!
  return {
    key,
    kind: kindOf(schema),
    choices: schema.enum ?? [],
    minimum: schema.minimum ?? null,
    maximum: schema.maximum ?? null,
    usual: schema.default ?? null,
    reason: schema.description ?? '',
    value: typeof value === 'string' || typeof value === 'number' ? value : null,
    variable: variableName(key),
    overriddenBy: override === undefined ? null : String(override),
  }
}

function kindOf({ enum: choices, type }: SettingSchema): SettingField['kind'] {
  if (choices) return 'choice'
  if (type === 'integer') return 'whole'
  return type === 'number' ? 'number' : 'text'
}

/** `{ engine: { device } }` → `{ 'engine.device' }` */
function flatten(values: unknown): Readonly<Record<string, unknown>> {
  const entries = Object.entries((values ?? {}) as Record<string, object>)
  return Object.fromEntries(
    entries.flatMap(([group, members]) => Object.entries(members).map(([name, value]) => [`${group}.${name}`, value])),
  )
}

interface Attempt<Value> {
  readonly value?: Value
  readonly problem?: string
}

function attempt<Value>(work: () => Value): Attempt<Value> {
  try {
    return { value: work() }
  } catch (error) {
    return { problem: toErrorData(error).message }
  }
}
