import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Dataset } from '../../../shared/contract/dataset'
import type { StepPlace } from '../../db/runRepo'
import { findMethod, photoMasks, type ArtifactKind, type MethodRegistry, type PhotoMask } from '../../methods/index'
import type { EngineRecord } from '../protocol/messages'
import type { PlannedStep } from '../recipes'

/** What a step is made of beside its method and options. */
export interface StepMaterial {
  readonly dataset: Dataset
  readonly seed: number
  /**
   * Kind and version of TensorFlow decide the numbers' last digits. The number of threads, and on a GPU chance, move
   * them too, but no more than computing the step a second time does.
   */
  readonly engine: Pick<EngineRecord, 'kind' | 'version'>
  /** Who computed what the step takes. Ids of runs are never used twice, so this names the results themselves. */
  readonly inputs: Readonly<Partial<Record<ArtifactKind, StepPlace>>>
}

/**
 * SHA-256 of all that decides what a step makes: of two steps with the same key the second need not be computed. Its
 * name, and what only says where things lie, are not among it.
 */
export async function stepKey(step: PlannedStep, material: StepMaterial, registry: MethodRegistry): Promise<string> {
  const { dataset, seed, engine, inputs } = material
  const { id, version = 1, masks = photoMasks, files, ...definition } = findMethod(step.method, registry)
  const parts = {
    method: { id, version },
    options: step.options,
    seed,
    photos: photosHash(dataset, masks),
    engine: definition.engine === false ? null : { kind: engine.kind, version: engine.version },
    inputs,
    files: await Promise.all((files?.(step.options) ?? []).filter(path => path !== undefined).map(fileState)),
  }
  return createHash('sha256').update(JSON.stringify(parts, sortedKeys)).digest('hex')
}

/** Of each dataset by the masks: the form asks at every change of a recipe, about the same 100,000 photos. */
const photoHashes = new WeakMap<Dataset, Map<string, string>>()

function photosHash(dataset: Dataset, masks: readonly PhotoMask[]): string {
  const known = photoHashes.get(dataset) ?? new Map<string, string>()
  const hash = known.get(masks.join()) ?? hashPhotos(dataset, masks)
  photoHashes.set(dataset, known.set(masks.join(), hash))
  return hash
}

/** Photos, labels and classes, and those masks that the step is given. Ids too: results are recorded by them. */
function hashPhotos({ hash, images }: Dataset, masks: readonly PhotoMask[]): string {
  const sum = createHash('sha256').update(hash)
  for (const image of images) {
    const given = masks.map(mask => image[mask]).map(path => (path === undefined ? null : basename(path)))
    sum.update(JSON.stringify([image.id, ...given]))
  }
  return sum.digest('hex')
}

/** A schema may list its options in another order one day. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** What tells whether a file was changed, or any in a folder: names, bytes, times. One that is missing is not there. */
async function fileState(path: string): Promise<unknown> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return [path]
  if (!found.isDirectory()) return [path, found.size, Math.trunc(found.mtimeMs)]
  const entries = await readdir(path)
  const inside: unknown[] = []
  for (const name of entries.sort()) {
    const entry = await stat(join(path, name)).catch(() => undefined)
    inside.push([name, entry?.size, entry === undefined ? undefined : Math.trunc(entry.mtimeMs)])
  }
  return [path, inside]
}
