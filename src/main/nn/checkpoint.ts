import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../shared/errors'
import { currentEngine } from '../engine/current'
import { matchStateDict } from '../weights/loadInto'
import { readSafetensors, writeSafetensors } from '../weights/safetensors'
import type { NamedTensor, StateDict } from '../../shared/tensors/tensors'
import type { Optimizer } from './optimizers/optimizer'
import type { Parameter } from './parameter'
import { expectedShapes, loadStateDict, stateDict } from './stateDict'
import { fromTorch, torchShape, toTorch } from './torchLayout'

/** Everything a training run is besides its data: what must be stored to go on as if it had never stopped. */
export interface TrainingState {
  readonly parameters: readonly Parameter[]
  readonly optimizer: Optimizer
  /**
   * What a resumed run must share with the stored one: seed, schedule, steps, options, hash of the photos. Random
   * numbers are keyed by seed and step, so there is no other random state.
   */
  readonly identity: Readonly<Record<string, string | number | boolean>>
}

const FORMAT = 'maskwright-training-1'
const SLOTS = 'optimizer.'

/**
 * Writes weights and optimizer slots under torch's names and shapes, and the number of steps done, completely or not at
 * all. PyTorch reads the file as it is; the slots are the names that begin with `optimizer.`.
 */
export async function saveCheckpoint(path: string, state: TrainingState, step: number): Promise<void> {
  const { slots, updates } = state.optimizer.state()
  const tensors: StateDict = stateDict(state.parameters)
  for (const [name, tensor] of slots)
    tensors.set(`${SLOTS}${name}`, slotToTorch(tensor, ownerOf(name, state.parameters)))
  await writeSafetensors(path, tensors, {
    format: FORMAT,
    step: String(step),
    updates: String(updates),
    identity: JSON.stringify(state.identity),
  })
}

/**
 * Sets parameters and optimizer to what `path` holds.
 * @returns the number of steps done
 * @throws WEIGHTS_UNREADABLE when the file is another run's, naming what differs
 */
export async function loadCheckpoint(path: string, state: TrainingState): Promise<number> {
  const { tensors, metadata } = await readSafetensors(path)
  assertSameRun(path, metadata, state)
  const stored = [...tensors].filter(([name]) => !name.startsWith(SLOTS))
  loadStateDict(state.parameters, matchStateDict(expectedShapes(state.parameters), new Map(stored), {}))
  const slots = new Map<string, Tensor>()
  for (const [name, tensor] of tensors) {
    if (!name.startsWith(SLOTS)) continue
    const slot = name.slice(SLOTS.length)
    slots.set(slot, slotFromTorch(tensor, ownerOf(slot, state.parameters)))
  }
  state.optimizer.restore(slots, Number(metadata.get('updates')))
  return Number(metadata.get('step'))
}

function assertSameRun(path: string, metadata: ReadonlyMap<string, string>, { identity }: TrainingState): void {
  if (metadata.get('format') !== FORMAT)
    throw new WorkbenchError('WEIGHTS_UNREADABLE', `${path} is not a training checkpoint of this version (${FORMAT})`)
  const stored = JSON.parse(metadata.get('identity') ?? '{}') as Record<string, unknown>
  const keys = new Set([...Object.keys(stored), ...Object.keys(identity)])
  const differing = [...keys].filter(key => stored[key] !== identity[key])
  if (differing.length === 0) return
  const list = differing.map(key => `${key} was ${String(stored[key])}, is ${String(identity[key])}`).join('; ')
  throw new WorkbenchError(
    'WEIGHTS_UNREADABLE',
    `${path} belongs to a run with other settings (${list}): restore them, or delete the file to train anew.`,
  )
}

/** A slot is named `<slot>.<parameter>` and shaped like its parameter. */
function ownerOf(slot: string, parameters: readonly Parameter[]): Parameter {
  const name = slot.slice(slot.indexOf('.') + 1)
  const owner = parameters.find(parameter => parameter.name === name)
  if (owner !== undefined) return owner
  throw new WorkbenchError('WEIGHTS_UNREADABLE', `the optimizer remembers ${name}, which the network does not have`)
}

function slotToTorch(tensor: Tensor, { shape, layout }: Parameter): NamedTensor {
  const data = toTorch(tensor.dataSync() as Float32Array, shape, layout)
  return { dtype: 'F32', shape: torchShape(shape, layout), data }
}

function slotFromTorch({ data }: NamedTensor, { name, shape, layout }: Parameter): Tensor {
  if (!(data instanceof Float32Array))
    throw new WorkbenchError('WEIGHTS_UNREADABLE', `the optimizer's slot of ${name} is not float32`)
  return currentEngine().tf.tensor(fromTorch(data, shape, layout), [...shape], 'float32')
}
