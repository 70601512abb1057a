import { join } from 'node:path'
import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import type { StateDict } from '../../../shared/tensors/tensors'
import type { Parameter } from '../../nn/parameter'
import { loadStateDict, stateDict } from '../../nn/stateDict'
import { torchShape } from '../../nn/torchLayout'
import { matchStateDict } from '../../weights/loadInto'
import { readSafetensors, writeSafetensors } from '../../weights/safetensors'
import type { NetworkOptions, SegmentationNetwork } from './network/segmentationNetwork'
import type { DeeplabOptions } from './options'

/** The finished network in a step's folder. */
export const checkpointFile = 'checkpoint.safetensors'

/** torchvision's segmentation models keep the backbone under this name, the head under `classifier`. */
const BACKBONE = 'backbone.'

/** What two networks must share for one's weights to fit the other; shapes are checked besides. */
export type SavedOptions = NetworkOptions & Pick<DeeplabOptions, 'backbone' | 'stride'>

const metadataSchema = z.object({
  head: z.string(),
  backbone: z.string(),
  stride: z.coerce.number(),
  rates: z.string().transform(text => z.array(z.number()).parse(JSON.parse(text))),
  classes: z.string().transform(text => z.array(z.string()).parse(JSON.parse(text))),
})

/**
 * Writes the network whole or not at all. Of `deeplabv3` on a ResNet the names and shapes are those of torchvision's
 * `deeplabv3_resnet50` and `…101` without auxiliary classifier: PyTorch loads the file with `strict=True`.
 */
export async function writeNetwork(
  folder: string,
  network: SegmentationNetwork,
  { head, backbone, stride, rates }: SavedOptions,
  classes: readonly string[],
): Promise<void> {
  const tensors: StateDict = new Map()
  for (const [name, parameter] of named(network)) tensors.set(name, stateDict([parameter]).get(parameter.name)!)
  await writeSafetensors(join(folder, checkpointFile), tensors, {
    head,
    backbone,
    stride: String(stride),
    rates: JSON.stringify(rates),
    classes: JSON.stringify(classes),
  })
}

/**
 * Sets a network's weights to a checkpoint's.
 * @throws WEIGHTS_UNREADABLE for another class list or network, saying what differs
 */
export async function readNetwork(
  path: string,
  network: SegmentationNetwork,
  options: SavedOptions,
  classes: readonly string[],
): Promise<void> {
  const { tensors, metadata } = await readSafetensors(path)
  const parsed = metadataSchema.safeParse(Object.fromEntries(metadata))
  if (!parsed.success) throw refuse(path, 'is not a segmentation checkpoint of Maskwright')
  const { classes: known, ...stored } = parsed.data
  if (known.join('\n') !== classes.join('\n'))
    throw refuse(path, `was trained on the classes ${known.join(', ')}, and this project has ${classes.join(', ')}`)
  if (describeNetwork(stored) !== describeNetwork(options))
    throw refuse(path, `holds ${describeNetwork(stored)}, and this step wants ${describeNetwork(options)}`)
  const own = named(network)
  const values = matchStateDict(torchNames(network), tensors, {})
  loadStateDict(network.parameters, new Map([...own].map(([name, { name: plain }]) => [plain, values.get(name)!])))
}

/** What two networks with weights of the same names and shapes can still differ in. */
function describeNetwork({
  head,
  backbone,
  stride,
  rates,
}: Pick<SavedOptions, 'rates'> & Record<'head' | 'backbone', string> & { readonly stride: number }): string {
  return `${head} on ${backbone} at stride ${stride} with rates ${rates.join(', ')}`
}

/** Names and shapes of a network's checkpoint. */
export function torchNames(network: SegmentationNetwork): Map<string, readonly number[]> {
  return new Map([...named(network)].map(([name, parameter]) => [name, torchShape(parameter.shape, parameter.layout)]))
}

/** The parameters under the checkpoint's names. */
function named(network: SegmentationNetwork): Map<string, Parameter> {
  const trunk = new Set(network.trunkParameters)
  return new Map(
    network.parameters.map(parameter => [(trunk.has(parameter) ? BACKBONE : '') + parameter.name, parameter]),
  )
}

function refuse(path: string, what: string): WorkbenchError {
  return new WorkbenchError('WEIGHTS_UNREADABLE', `${path} ${what}: take another file, or train without \`start\`.`)
}
