import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import type { Dataset } from '../../../shared/contract/dataset'
import { defineMethod, type MethodDefinition } from '../../methods/defineMethod'
import { registryOf } from '../../methods/index'
import type { PlannedStep } from '../recipes'
import { stepKey, type StepMaterial } from './stepKey'

const image = { id: 1, stem: 'a', path: '/a.jpg', width: 4, height: 3, labels: [0], sha256: 'aa' }
const dataset: Dataset = { classes: ['cat'], images: [image], hash: 'h', split: 'all' }
const material: StepMaterial = {
  dataset,
  seed: 1,
  engine: { kind: 'cpu', version: '2.19.1' },
  inputs: { classifier: { run: 3, step: 'classifier' } },
}
const step: PlannedStep = { name: 'maps', method: 'maps', options: { tau: 0.1, path: '' }, from: {} }

function keyOf(changed: {
  readonly method?: Partial<Pick<MethodDefinition, 'version' | 'masks' | 'engine' | 'files'>>
  readonly step?: Partial<PlannedStep>
  readonly material?: Partial<StepMaterial>
}): Promise<string> {
  const method = defineMethod({
    id: 'maps',
    kind: 'seed',
    title: 'Maps',
    options: z.object({ tau: z.number(), path: z.string() }),
    inputs: ['classifier'],
    outputs: ['scores'],
    load: () => Promise.resolve({ run: () => Promise.reject(new Error('a key runs no method')) }),
    ...changed.method,
  })
  return stepKey({ ...step, ...changed.step }, { ...material, ...changed.material }, registryOf([method]))
}

const withImage = (changed: object) => ({ material: { dataset: { ...dataset, images: [{ ...image, ...changed }] } } })

test.each([
  ['an option', { step: { options: { tau: 0.2, path: '' } } }],
  ['the seed', { material: { seed: 2 } }],
  ["the method's version", { method: { version: 2 } }],
  ['photos, labels or classes', { material: { dataset: { ...dataset, hash: 'other' } } }],
  ['the ids that results are recorded by', withImage({ id: 2 })],
  ['the truth', withImage({ truth: '/blobs/tt/tt.png' })],
  ['a correction', withImage({ correction: '/blobs/cc/cc.png' })],
  ["the engine's version", { material: { engine: { kind: 'cpu', version: '2.20.0' } } }],
  ['the device', { material: { engine: { kind: 'gpu', version: '2.19.1' } } }],
  ['who made what it takes', { material: { inputs: { classifier: { run: 4, step: 'classifier' } } } }],
] as const)('%s makes it another step', async (_, changed) => {
  expect(await keyOf(changed)).not.toBe(await keyOf({}))
})

test('its name, where the project lies, and the order of options do not matter', async () => {
  const renamed = { name: 'other', options: { path: '', tau: 0.1 } }
  expect(await keyOf({ step: renamed, ...withImage({ path: '/moved/a.jpg' }) })).toBe(await keyOf({}))
})

test('what a method does not ask for cannot make its steps others', async () => {
  const method = { masks: ['truth'], engine: false } as const
  const engine = { kind: 'gpu', version: '9' } as const
  const corrected = withImage({ correction: '/blobs/cc/cc.png' }).material
  expect(await keyOf({ method, material: { ...corrected, engine } })).toBe(await keyOf({ method }))
  expect(await keyOf({ method, ...withImage({ truth: '/blobs/tt/tt.png' }) })).not.toBe(await keyOf({ method }))
})

test('a file that the options point to counts with its size and time, a folder with all that is in it', async () => {
  const folder = join(temporaryFolder(), 'cams')
  const keyed = () => keyOf({ method: { files: () => [folder] } })
  const keys = [await keyed()]
  mkdirSync(folder)
  keys.push(await keyed())
  writeFileSync(join(folder, 'a.npy'), 'one')
  keys.push(await keyed())
  utimesSync(join(folder, 'a.npy'), 1, 1)
  keys.push(await keyed())
  expect(new Set(keys).size).toBe(4)
  expect(await keyed()).toBe(keys[3])
})
