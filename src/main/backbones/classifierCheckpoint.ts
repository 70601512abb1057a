import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs'
import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import { currentEngine } from '../engine/current'
import { readSafetensors, writeSafetensors } from '../weights/safetensors'
import { type NamedTensor, toFloat32 } from '../../shared/tensors/tensors'
import { type Architecture, expectedWeights } from './architecture'
import { architectureOf, type BackboneName, backboneNames } from './catalogue'
import type { Weights } from './network'
import { readBackboneWeights } from './readBackboneWeights'

const fileName = 'checkpoint.safetensors'
const weightKey = 'classifier.weight'

/** A multi-label classifier: a trunk, global average pooling and a linear head without bias. */
export interface Classifier {
  readonly architecture: Architecture
  readonly trunkWeights: Weights
  /** Hash of the trunk's weights: the feature cache is keyed by it. */
  readonly trunkHash: string
  /** `[classes, channels]`, the head's weight. */
  readonly weight: Float32Array
  readonly classes: readonly string[]
  /** Longest side of the input in pixels; null leaves photos as they are. */
  readonly longestSide: number | null
}

const metadataSchema = z.object({
  backbone: z.enum(backboneNames),
  trunk: z.enum(['published', 'finetuned']),
  /** The file of the published weights where the person pointed to one. */
  weights: z.string(),
  trunkHash: z.string(),
  classes: z.string().transform(text => z.array(z.string()).parse(JSON.parse(text))),
  longestSide: z.string().transform(text => (text === '' ? null : Number(text))),
})

export interface SavedClassifier {
  readonly backbone: BackboneName
  readonly weightsFile?: string | undefined
  readonly trunkHash: string
  /** Present where the trunk was fine-tuned; a published one is not copied into every run. */
  readonly trunkWeights?: Weights
  readonly weight: Float32Array
  readonly classes: readonly string[]
  readonly longestSide: number | null
}

/** Hash of an architecture's weights, names and values. */
export function hashWeights(name: BackboneName, weights: Weights): string {
  const hash = createHash('sha256').update(name)
  for (const key of [...weights.keys()].sort()) {
    const values = weights.get(key)!
    hash.update(key).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  return hash.digest('hex').slice(0, 16)
}

/** Writes `checkpoint.safetensors` into a step's folder, whole or not at all; names are torchvision's. */
export async function writeClassifier(folder: string, classifier: SavedClassifier): Promise<void> {
  const { classes, weight } = classifier
  const tensors = new Map<string, NamedTensor>([
    [weightKey, { dtype: 'F32', shape: [classes.length, weight.length / classes.length, 1, 1], data: weight }],
  ])
  const shapes = expectedWeights(architectureOf(classifier.backbone))
  for (const [name, data] of classifier.trunkWeights ?? [])
    tensors.set(name, { dtype: 'F32', shape: shapes.get(name) ?? [data.length], data })
  await writeSafetensors(join(folder, fileName), tensors, {
    backbone: classifier.backbone,
    trunk: classifier.trunkWeights ? 'finetuned' : 'published',
    weights: classifier.weightsFile ?? '',
    trunkHash: classifier.trunkHash,
    classes: JSON.stringify(classes),
    longestSide: classifier.longestSide === null ? '' : String(classifier.longestSide),
  })
}

/**
 * Reads a classifier back.
 * @throws WEIGHTS_UNREADABLE when the file is not one, or the published weights it stands on have changed
 */
export async function readClassifier(folder: string): Promise<Classifier> {
  const path = join(folder, fileName)
  const { tensors, metadata } = await readSafetensors(path)
  const parsed = metadataSchema.safeParse(Object.fromEntries(metadata))
  const head = tensors.get(weightKey)
  if (!parsed.success || head === undefined)
    throw new WorkbenchError('WEIGHTS_UNREADABLE', `${path} is not a Maskwright classifier checkpoint.`)
  const { backbone, trunk, weights, trunkHash, classes, longestSide } = parsed.data
  const architecture = architectureOf(backbone)
  const trunkWeights =
    trunk === 'published'
      ? await readBackboneWeights(backbone, weights === '' ? undefined : weights)
      : new Map([...expectedWeights(architecture).keys()].map(name => [name, toFloat32(tensors.get(name)!)]))
  if (hashWeights(backbone, trunkWeights) !== trunkHash)
    throw new WorkbenchError(
      'WEIGHTS_UNREADABLE',
      `The published weights of ${backbone} are not those that ${path} was trained on: train the classifier again.`,
    )
  return { architecture, trunkWeights, trunkHash, weight: toFloat32(head), classes, longestSide }
}

/** A classifier's head on the device as maps need it, `[channels, classes]`; owned by the caller. */
export function headWeight({ weight, classes, architecture }: Classifier): Tensor {
  const { tf } = currentEngine()
  return tf.tidy(() => tf.tensor2d(weight, [classes.length, architecture.channels]).transpose())
}
