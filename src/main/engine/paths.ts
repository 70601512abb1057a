import { join } from 'node:path'
import envPaths from 'env-paths'

/** The TensorFlow release that `maskwright engine install` brings; 2.18 to 2.21 are accepted when pointed to. */
export const engineVersion = '2.19.1'
export const engineKinds = ['cpu', 'cuda'] as const
export type EngineKind = (typeof engineKinds)[number]

/** Where Maskwright keeps what is not of one project: engines, default weights, recent projects. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['MASKWRIGHT_DATA'] ?? envPaths('maskwright', { suffix: '' }).data
}

/** Where an engine of this kind is installed: the pip target that holds `tensorflow/` (and `nvidia/`). */
export function engineFolder(kind: EngineKind, environment: NodeJS.ProcessEnv = process.env): string {
  return join(dataFolder(environment), 'engines', `${kind}-${engineVersion}`)
}

/** Where the default backbone weights are installed: the pip target of their packages. */
export function weightsFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(dataFolder(environment), 'weights')
}
