import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import type { NamedTensor } from '../../shared/tensors/tensors'
import { matchStateDict } from '../weights/loadInto'
import { writeSafetensors } from '../weights/safetensors'
import { expectedWeights } from './architecture'
import { architectureOf } from './catalogue'
import { readBackboneWeights } from './readBackboneWeights'

const zeros = new Float32Array(2048 * 512 * 9)

/** A tensor of zeros; all share one buffer. */
function zero(...shape: number[]): NamedTensor {
  return {
    dtype: 'F32',
    shape,
    data: zeros.subarray(
      0,
      shape.reduce((product, size) => product * size, 1),
    ),
  }
}

test('weights of another architecture are refused with the file, the backbone and the names that give it away', async () => {
  const path = join(temporaryFolder(), 'resnet.safetensors')
  const names = { 'conv1.weight': zero(64, 3, 7, 7), 'bn1.weight': zero(64), 'fc.weight': zero(10, 64) }
  await writeSafetensors(path, new Map<string, NamedTensor>(Object.entries(names)))
  const read = readBackboneWeights('efficientnet-lite0', path)
  await expect(read).rejects.toMatchObject({ code: 'WEIGHTS_UNREADABLE' })
  await expect(read).rejects.toThrow(
    `${path} holds no weights of EfficientNet-Lite0. The weights do not fit the network`,
  )
  await expect(read).rejects.toThrow(/ missing \(_conv_stem\.weight, .* not expected \(.*conv1\.weight/)
})

/** torchvision's ResNet-50, with the classifier and counters that published files have beside. */
function resnet50(): Map<string, NamedTensor> {
  const found = new Map<string, NamedTensor>()
  for (const [name, shape] of expectedWeights(architectureOf('resnet50'))) {
    found.set(name, zero(...shape))
    if (name.endsWith('running_var')) found.set(name.replace('running_var', 'num_batches_tracked'), zero(1))
  }
  return found.set('fc.weight', zero(1000, 2048)).set('fc.bias', zero(1000))
}

/** timm's ResNet-50-D: a stem of three convolutions, and a pooling before the convolution of each shortcut. */
function resnet50d(): Map<string, NamedTensor> {
  const stem = [
    ['conv1.0.weight', zero(32, 3, 3, 3)],
    ['conv1.3.weight', zero(32, 32, 3, 3)],
    ['conv1.6.weight', zero(64, 32, 3, 3)],
    ...['1', '4'].flatMap(place =>
      ['weight', 'bias', 'running_mean', 'running_var'].map(part => [`conv1.${place}.${part}`, zero(32)] as const),
    ),
  ] as const
  const rest = [...resnet50()].filter(([name]) => name !== 'conv1.weight')
  const renamed = rest.map(([name, tensor]) => {
    const moved = name.replace(/downsample\.([01])/, (_, place: string) => `downsample.${Number(place) + 1}`)
    return [moved, tensor] as const
  })
  return new Map<string, NamedTensor>([...stem, ...renamed])
}

test('a ResNet-50 has 320 entries and is taken; a ResNet-50-D is not, by its stem and its shortcuts', () => {
  const architecture = architectureOf('resnet50')
  const match = (found: Map<string, NamedTensor>) =>
    matchStateDict(expectedWeights(architecture), found, { extra: architecture.ignoredKeys })
  expect(resnet50().size).toBe(320)
  expect(match(resnet50()).size).toBe(265)
  expect(() => match(resnet50d())).toThrow(/17 missing \(conv1\.weight, layer1\.0\.downsample\.0\.weight/)
  expect(() => match(resnet50d())).toThrow(/not expected \(conv1\.0\.weight, conv1\.3\.weight, conv1\.6\.weight/)
})
