import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { methodContext } from '../../../../tests/helpers/methodContext'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { toyDataset } from '../../../../tests/helpers/toyDataset'
import type { PoolClient } from '../../pool/poolClient'
import { runTask } from '../../pool/tasks'
import { classifierOptions } from './options'
import { trainHead } from './trainHead'

const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }

test('where no photo can be read, a sentence names one with its reason, and nothing is written', async () => {
  const { binding } = testEngine()
  const before = binding.getNumOfTensors()
  const dataset = await toyDataset(3)
  const images = dataset.images.map(image => ({ ...image, path: `${image.path}.gone` }))
  const { context } = methodContext({ ...dataset, images }, temporaryFolder(), { pool })
  const training = trainHead(classifierOptions.parse({ longestSide: 96 }), context)
  await expect(training).rejects.toThrow(
    /^None of the 3 photos to train on can be read\. scene-0: .*scene-0\.jpg\.gone/,
  )
  expect(readdirSync(context.folder)).toEqual([])
  expect(binding.getNumOfTensors()).toBe(before)
})
