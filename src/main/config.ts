import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { parse } from 'yaml'
import { z } from 'zod'
import { WorkbenchError } from '../shared/errors'
import { issueSentence } from '../shared/issueSentence'
import { didYouMean } from '../shared/nearestName'
import { parseSettings, type SettingsText } from './config/settingsText'

/**
 * Every setting that is not of one project. From the file (YAML, groups as below), over it from the environment:
 * `engine.device` is `MASKWRIGHT_ENGINE_DEVICE`, `cache.budgetGigabytes` is `MASKWRIGHT_CACHE_BUDGET_GIGABYTES`.
 */
export const configSchema = z.strictObject({
  engine: z
    .strictObject({
      library: z.string().optional().describe('A folder with TensorFlow 2.18–2.21, when not the installed one.'),
      device: z.enum(['auto', 'cpu', 'gpu']).default('auto').describe('auto: a GPU where its engine is installed.'),
      memoryFraction: z.number().min(0).max(1).default(0).describe("Share of the GPU's memory; 0: as it needs."),
    })
    .prefault({}),
  compute: z
    .strictObject({
      isolation: z
        .enum(['thread', 'process'])
        .default('thread')
        .describe('process: a native abort or a full GPU ends the worker alone, not Maskwright.'),
      engineThreads: z.int().min(0).max(256).default(0).describe('Threads of an operation; 0: every core.'),
      poolThreads: z
        .int()
        .min(0)
        .max(256)
        .default(0)
        .describe('Photos decoded and masks made at once; 0: one a core (off Linux one less).'),
    })
    .prefault({}),
  cache: z
    .strictObject({
      budgetGigabytes: z.number().min(0).max(10_000).default(8).describe("Disk that a project's caches may fill."),
    })
    .prefault({}),
})

export type Config = z.output<typeof configSchema>

/**
 * Variables of ours that are no settings: folders, this file's place, stacks in errors, a worker's orders, and what
 * set-up, benchmarks and tests are told.
 */
export const otherVariables: readonly string[] = [
  'MASKWRIGHT_DATA',
  'MASKWRIGHT_STATE',
  'MASKWRIGHT_CONFIG',
  'MASKWRIGHT_DEBUG',
  'MASKWRIGHT_PEER_PYTHON',
  'MASKWRIGHT_CRF_PYTHON',
  'MASKWRIGHT_CHROMIUM',
  'MASKWRIGHT_DOORS',
  'MASKWRIGHT_WORKER_SETTINGS',
]

/** @throws USAGE naming the key, the value, the line and the nearest known key */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const file = configFile(environment)
  const text = existsSync(file) ? readSettings(file) : ''
  const settings = parseSettings(text, file)
  const checked = checkSettings(settings, file)
  const fromEnvironment = environmentSettings(environment)
  if (fromEnvironment.length === 0) return checked
  return checkConfig(withVariables(settings.values as Settings, fromEnvironment), () => 'the environment')
}

function readSettings(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const remedy = 'make it a file that you may read, or name another with MASKWRIGHT_CONFIG'
    throw new WorkbenchError('USAGE', `Cannot read the settings in ${file} (${(cause as Error).message}): ${remedy}.`, {
      cause,
    })
  }
}

/** The settings of a file. @throws USAGE as {@link readConfig} does */
export function checkSettings({ values, lineOf }: SettingsText, file: string): Config {
  return checkConfig(values, path => {
    const line = lineOf(path)
    return line === undefined ? file : `${file}, line ${line}`
  })
}

/** `MASKWRIGHT_CONFIG`, or `config.yaml` in the user's configuration folder. It need not exist. */
export function configFile(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['MASKWRIGHT_CONFIG'] ?? join(envPaths('maskwright', { suffix: '' }).config, 'config.yaml')
}

/** `MASKWRIGHT_STATE`, or where the system keeps what a program remembers: recent projects, the window's place. */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['MASKWRIGHT_STATE'] ?? join(envPaths('maskwright', { suffix: '' }).data, 'state')
}

export interface ThreadCounts {
  readonly engine: number
  readonly pool: number
}

/**
 * The threads that a setting of 0 stands for. Both take every core where the pool's threads can give way to the engine's,
 * which is on Linux; elsewhere the pool leaves it one.
 */
export function threadCounts(
  { compute }: Config,
  cores = availableParallelism(),
  platform: NodeJS.Platform = process.platform,
): ThreadCounts {
  return {
    engine: compute.engineThreads || cores,
    pool: compute.poolThreads || (platform === 'linux' ? cores : Math.max(1, cores - 1)),
  }
}

type Settings = Record<string, unknown>

/** @param source where a key stands, for the sentence */
function checkConfig(settings: unknown, source: (path: readonly PropertyKey[]) => string): Config {
  const parsed = configSchema.safeParse(settings)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  if (issue.code !== 'unrecognized_keys')
    throw new WorkbenchError('USAGE', `${issueSentence(issue, settings, '')} (in ${source(issue.path)}).`)
  const path = [...issue.path, issue.keys[0]!]
  const unknown = path.join('.')
  const known = issue.path.length === 0 ? Object.keys(configSchema.shape) : settingKeys()
  throw new WorkbenchError(
    'USAGE',
    `There is no setting "${unknown}" (in ${source(path)})${didYouMean(unknown, known)}`,
  )
}

/** `engine.library`, `engine.device` … */
export function settingKeys(): string[] {
  return Object.entries(configSchema.shape).flatMap(([group, schema]) =>
    Object.keys(schema.unwrap().shape).map(key => `${group}.${key}`),
  )
}

export interface EnvironmentSetting {
  readonly key: string
  readonly value: unknown
}

/** What the environment sets, over the file. @throws USAGE for a variable that no setting stands behind */
export function environmentSettings(environment: NodeJS.ProcessEnv): EnvironmentSetting[] {
  const keyOf = new Map(settingKeys().map(key => [variableName(key), key]))
  const given = Object.entries(environment).filter(
    ([name, value]) => name.startsWith('MASKWRIGHT_') && value !== '' && !otherVariables.includes(name),
  )
  return given.map(([name, value]) => {
    const key = keyOf.get(name)
    if (key !== undefined) return { key, value: key === 'engine.library' ? value : (parse(value!) as unknown) }
    const known = [...keyOf.keys(), ...otherVariables]
    throw new WorkbenchError('USAGE', `There is no setting behind the variable ${name}${didYouMean(name, known)}`)
  })
}

/** The variable that wins over a setting. */
export function variableName(key: string): string {
  return `MASKWRIGHT_${key.replace('.', '_').replace(/[A-Z]/g, '_$&').toUpperCase()}`
}

function withVariables(settings: Settings, given: readonly EnvironmentSetting[]): Settings {
  return given.reduce<Settings>((merged, { key, value }) => {
    const [group, name] = key.split('.') as [string, string]
    return { ...merged, [group]: { ...(merged[group] as object | undefined), [name]: value } }
  }, settings)
}
