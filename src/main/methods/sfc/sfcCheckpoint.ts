import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import type { NamedTensor } from '../../../shared/tensors/tensors'
import { matchStateDict } from '../../weights/loadInto'
import { readSafetensors, writeSafetensors } from '../../weights/safetensors'
import { expectedShapes, loadStateDict, stateDict } from '../../nn/stateDict'
import type { Classifier } from '../../backbones/classifierCheckpoint'
import { SfcHead } from './network/sfcHead'
import { sfcDepths } from './sfcDepths'

const fileName = 'sfc.safetensors'
const classifierKey = 'classifier.weight'

/** How the maps of a trained head are made. */
export interface SfcSettings {
  readonly affinityHops: number
  readonly backgroundFactor: number
}

const metadataSchema = z.object({
  format: z.literal('maskwright-sfc-1'),
  trunkHash: z.string(),
  affinityWidth: z.coerce.number().int().min(0),
  affinityHops: z.coerce.number().int().min(0),
  backgroundFactor: z.coerce.number(),
})

/**
 * Writes what SFC adds to a classifier beside its checkpoint, under the names of the code: `f9`, `side1` … `side4`. The
 * classifier itself stands in the checkpoint that CAM and LPCAM read.
 */
export async function writeSfc(folder: string, head: SfcHead, trunkHash: string, settings: SfcSettings): Promise<void> {
  const own = head.parameters.filter(({ name }) => name !== classifierKey)
  await writeSafetensors(join(folder, fileName), stateDict(own), {
    format: 'maskwright-sfc-1',
    trunkHash,
    affinityWidth: String(head.shape.affinityWidth),
    affinityHops: String(settings.affinityHops),
    backgroundFactor: String(settings.backgroundFactor),
  })
}

export interface LoadedSfc {
  readonly head: SfcHead
  readonly settings: SfcSettings
}

/** Whether a step's folder holds SFC's layers: a plain classifier has none. */
export function hasSfc(folder: string): boolean {
  return existsSync(join(folder, fileName))
}

/**
 * Reads SFC's layers and the classifier into one head, which the caller disposes.
 * @throws WEIGHTS_UNREADABLE when the file is not one, or of another backbone
 */
export async function readSfc(folder: string, classifier: Classifier): Promise<LoadedSfc> {
  const path = join(folder, fileName)
  const { tensors, metadata } = await readSafetensors(path)
  const parsed = metadataSchema.safeParse(Object.fromEntries(metadata))
  if (!parsed.success) throw new WorkbenchError('WEIGHTS_UNREADABLE', `${path} does not hold the layers of SFC.`)
  const { trunkHash, affinityWidth, affinityHops, backgroundFactor } = parsed.data
  if (trunkHash !== classifier.trunkHash)
    throw new WorkbenchError('WEIGHTS_UNREADABLE', `${path} was trained on another backbone: train sfc again.`)
  const head = headFor(classifier, affinityWidth, 0)
  try {
    const shapes = expectedShapes(head.parameters)
    const given: NamedTensor = { dtype: 'F32', shape: [...shapes.get(classifierKey)!], data: classifier.weight }
    loadStateDict(head.parameters, matchStateDict(shapes, new Map([...tensors, [classifierKey, given]]), {}))
  } catch (error) {
    head.dispose()
    throw error
  }
  return { head, settings: { affinityHops, backgroundFactor } }
}

/** A head for a classifier's backbone and classes. */
export function headFor(
  { architecture, classes }: Pick<Classifier, 'architecture' | 'classes'>,
  affinityWidth: number,
  seed: number,
): SfcHead {
  const { channels, sideWidths } = sfcDepths(architecture)
  return new SfcHead({ classes: classes.length, tapChannels: channels, sideWidths, affinityWidth }, seed)
}
