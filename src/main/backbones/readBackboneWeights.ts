import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { weightsFolder } from '../engine/paths'
import { matchStateDict } from '../weights/loadInto'
import { readStateDict } from '../weights/readStateDict'
import { expectedWeights } from './architecture'
import { architectureOf, type BackboneName, sourceOf } from './catalogue'
import type { Weights } from './network'

/**
 * Reads a backbone's weights, from `file` or from where the set-up installed them, every name and shape checked.
 * @throws WEIGHTS_UNREADABLE naming the file, or what to install or point to
 */
export async function readBackboneWeights(name: BackboneName, file?: string): Promise<Weights> {
  const source = sourceOf(name)
  const path = file ?? (source.installed === undefined ? undefined : join(weightsFolder(), source.installed))
  if (path === undefined || !existsSync(path))
    throw new WorkbenchError(
      'WEIGHTS_UNREADABLE',
      `No weights for ${name}${path === undefined ? '' : ` at ${path}`}: ${source.remedy}`,
    )
  const architecture = architectureOf(name)
  const found = await readStateDict(path)
  try {
    return matchStateDict(expectedWeights(architecture), found, { extra: architecture.ignoredKeys })
  } catch (cause) {
    if (!(cause instanceof WorkbenchError)) throw cause
    throw new WorkbenchError(
      'WEIGHTS_UNREADABLE',
      `${path} holds no weights of ${architecture.title}. ${cause.message}`,
      { cause },
    )
  }
}
