import type { NamedTensor, StateDict } from '../../shared/tensors/tensors'
import { WorkbenchError } from '../../shared/errors'
import type { Parameter } from './parameter'
import { fromTorch, torchShape, toTorch } from './torchLayout'

/** Names and torch shapes of the parameters: what a file must hold to be loaded into them. */
export function expectedShapes(parameters: readonly Parameter[]): Map<string, readonly number[]> {
  return new Map(parameters.map(({ name, shape, layout }) => [name, torchShape(shape, layout)]))
}

/** The parameters' values as torch would save them: its names, its shapes. */
export function stateDict(parameters: readonly Parameter[]): StateDict {
  return new Map(parameters.map(parameter => [parameter.name, torchTensor(parameter)]))
}

/** Sets every parameter. @param values by name, row-major of torch's shape; names beyond the parameters' are ignored */
export function loadStateDict(parameters: readonly Parameter[], values: ReadonlyMap<string, Float32Array>): void {
  for (const parameter of parameters) {
    const given = values.get(parameter.name)
    if (given === undefined)
      throw new WorkbenchError('WEIGHTS_UNREADABLE', `the weights hold no ${parameter.name}, which the network needs`)
    parameter.load(fromTorch(given, parameter.shape, parameter.layout))
  }
}

function torchTensor({ value, shape, layout }: Parameter): NamedTensor {
  const data = toTorch(value.dataSync() as Float32Array, shape, layout)
  return { dtype: 'F32', shape: torchShape(shape, layout), data }
}
