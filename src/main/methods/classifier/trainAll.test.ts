import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { methodContext } from '../../../../tests/helpers/methodContext'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { toyDataset } from '../../../../tests/helpers/toyDataset'
import { readClassifier } from '../../backbones/classifierCheckpoint'
import type { PoolClient } from '../../pool/poolClient'
import { runTask } from '../../pool/tasks'
import type { MethodContext } from '../context'
import { microBatchSize } from '../../nn/microBatch'
import { classifierOptions } from './options'
import { trainAll } from './trainAll'

const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }
const options = classifierOptions.parse({
  train: 'all',
  longestSide: 96,
  epochs: 3,
  batch: 4,
  microBatch: 2,
  crop: 64,
  resizeLong: [64, 96],
  learningRate: 0.001,
  momentum: 0.5,
  frozenBlocks: 10,
})

async function train(given: Partial<MethodContext> = {}) {
  const dataset = await toyDataset()
  const losses: number[] = []
  const folder = given.folder ?? temporaryFolder()
  const metric = (name: string, value: number) => void (name === 'loss' && losses.push(value))
  const recorded = methodContext(dataset, temporaryFolder(), { pool, metric, ...given, folder })
  await trainAll({ ...options, checkpointSeconds: 0 }, recorded.context)
  return { folder, losses, log: recorded.log }
}

test('fine-tuning lowers the loss, leaves one checkpoint and no tensor', async () => {
  const { binding } = testEngine()
  const before = binding.getNumOfTensors()
  const { folder, losses } = await train()
  expect(binding.getNumOfTensors()).toBe(before)
  expect(losses).toHaveLength(6)
  expect(losses.at(-1)!).toBeLessThan(losses[0]!)
  expect(readdirSync(folder)).toEqual(['checkpoint.safetensors'])
  expect(await readClassifier(folder)).toMatchObject({ classes: ['red', 'blue'], longestSide: 96 })
})

test('stopped twice and resumed, it ends with the very bytes it ends with uninterrupted', async () => {
  testEngine()
  const whole = await train()
  const folder = temporaryFolder()
  for (const stopAfter of [2, 2]) {
    let calls = 0
    const checkpoint = () =>
      ++calls > stopAfter ? Promise.reject(new DOMException('stop', 'AbortError')) : Promise.resolve()
    await expect(train({ folder, checkpoint })).rejects.toThrow('stop')
  }
  const resumed = await train({ folder })
  expect(resumed.losses).toHaveLength(2)
  const read = (path: string) => readFileSync(join(path, 'checkpoint.safetensors'))
  expect(read(folder).equals(read(whole.folder))).toBe(true)
})

test('resumed within an epoch it gives no mAP of what was left of it, and all those of an uninterrupted training else', async () => {
  testEngine()
  const precisionsOf = async (given: Partial<MethodContext>) => {
    const said: [name: string, value: number, epoch: number | undefined][] = []
    const metric = (name: string, value: number, at?: number) =>
      void (name.startsWith('mAP') && said.push([name, value, at]))
    const { log } = await train({ ...given, metric })
    return { said, log: log.join('\n') }
  }
  const whole = await precisionsOf({})
  const folder = temporaryFolder()
  let calls = 0
  const checkpoint = () => (++calls > 3 ? Promise.reject(new DOMException('stop', 'AbortError')) : Promise.resolve())
  await expect(train({ folder, checkpoint })).rejects.toThrow('stop')
  const resumed = await precisionsOf({ folder })
  expect(resumed.said).toEqual(whole.said.filter(([, , epoch]) => epoch === 3))
  expect(resumed.log).toContain('no mAP on training crops of epoch 2')
})

test('after running out of memory it takes half as many photos at once, and says so', async () => {
  testEngine()
  const { log, losses } = await train({ attempt: 2 })
  expect(log.join('\n')).toMatch(/ran out of memory: 1 photos at once now, gradients add up to 4/)
  expect(losses).toHaveLength(6)
})

test('fewer photos than a batch: the sentence says what to set', async () => {
  testEngine()
  const dataset = await toyDataset(2)
  const { context } = methodContext(dataset, temporaryFolder(), { pool })
  await expect(trainAll(options, context)).rejects.toThrow(/2 photos are fewer than a batch of 4.*classifier\.batch/)
})

test('micro-batches divide the batch', () => {
  expect([microBatchSize(16, 16), microBatchSize(16, 8), microBatchSize(6, 4), microBatchSize(7, 3.5)]).toEqual([
    16, 8, 3, 1,
  ])
  // At least two at once: 12 by halves of 8, and what only itself divides stays whole.
  expect([8, 4, 2, 1, 0.5].map(wanted => microBatchSize(12, wanted, 2))).toEqual([6, 4, 2, 2, 2])
  expect([microBatchSize(11, 8, 2), microBatchSize(9, 2, 2)]).toEqual([11, 3])
})
