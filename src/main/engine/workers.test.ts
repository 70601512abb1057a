import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import koffi from 'koffi'
import { beforeAll, expect, test } from 'vitest'
import { buildFixture } from '../../../tests/helpers/buildFixture'

let script: string
beforeAll(async () => {
  // Natives that only workers load would be unloaded with the last of them: the main thread holds koffi first.
  expect(koffi.version).toBeDefined()
  script = await buildFixture('tests/fixtures/engineWorker.ts')
})

function startWorker(forever: boolean): Worker {
  return new Worker(script, { workerData: { forever } })
}

/** 64 × 64 sums of 64 ones. */
const expected = { sum: 64 ** 3, tensors: 0 }

async function runToEnd(): Promise<void> {
  const worker = startWorker(false)
  const exited = once(worker, 'exit')
  expect(await once(worker, 'message')).toEqual([expected])
  expect(await exited).toEqual([0])
}

test('the engine loads, computes and closes in one worker after another', async () => {
  for (let cycle = 0; cycle < 4; cycle++) await runToEnd()
})

test('two workers compute at once', async () => {
  await Promise.all([runToEnd(), runToEnd()])
})

test('a worker ended in the middle of its work harms neither the process nor the next worker', async () => {
  for (let cycle = 0; cycle < 3; cycle++) {
    const worker = startWorker(true)
    await once(worker, 'message')
    expect(await worker.terminate()).toBe(1)
  }
  await runToEnd()
})
