import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import { tinyRuns } from '../../../tests/helpers/tinyRuns'
import { buildFixture } from '../../../tests/helpers/buildFixture'
import type { Project } from '../db/open'
import type { RunEvent } from '../../shared/contract/runEvents'
import type { Queue } from './queue'
import type { Isolation } from './workerHost'

let script: string
beforeAll(async () => {
  script = await buildFixture('tests/fixtures/tinyWorker.ts')
})

let project: Project
afterEach(() => project.close())

function bench(isolation: Isolation, onEvent: (event: RunEvent, queue: Queue) => void = () => undefined) {
  project = tinyProject()
  const { enqueue, ...runs } = tinyRuns(project, { script, isolation, onEvent })
  return { ...runs, enqueue: (learn: object = {}) => enqueue({ learn }) }
}

const summaries = (run: number) => project.runs.steps(run).map(({ summary }) => summary)
const states = (run: number) => project.runs.steps(run).map(({ state }) => state)

describe.each(['thread', 'process'] as const)('in a %s', isolation => {
  test('a recipe runs to its end: each step gets what the one before it made', async () => {
    const { queue, enqueue, events } = bench(isolation)
    const id = enqueue()
    const run = await queue.runToEnd(id)
    expect(run).toMatchObject({ state: 'done', error: null })
    expect(run.engine).toMatchObject({ version: 'none', device: 'none' })
    expect(states(id)).toEqual(['done', 'done', 'done'])
    expect(summaries(id)).toEqual([
      { rounds: 3, begunAt: 0, attempt: 1 },
      { made: 4, from: 'learn', seed: 7 },
      { cut: 4 },
    ])
    expect(project.artifacts.listForStep(id, 'cut', 'labels')).toHaveLength(4)
    expect(project.metrics.list(id, 'learn', 'loss').map(({ at, value }) => [at, value])).toEqual([
      [0, 1],
      [1, 0.5],
      [2, 1 / 3],
    ])
    expect(events.filter(event => event.type === 'progress')).toHaveLength(3)
  })

  test('a cancelled run keeps its checkpoint, and resuming goes on from there', async () => {
    const { queue, enqueue, log } = bench(isolation, (event, queue) => {
      if (event.type === 'progress' && event.progress.done === 2) queue.cancel(event.runId)
    })
    const id = enqueue({ rounds: 50, pace: 5 })
    expect((await queue.runToEnd(id)).state).toBe('cancelled')
    expect(states(id)).toEqual(['cancelled', 'queued', 'queued'])
    queue.resume(id)
    expect((await queue.runToEnd(id)).state).toBe('done')
    const begunAt = (summaries(id)[0] as { begunAt: number }).begunAt
    expect(begunAt).toBeGreaterThanOrEqual(2)
    expect(begunAt).toBeLessThan(50)
    expect(log(id)).toContain(`resumed at round ${begunAt}`)
  })

  test('a paused run rests in its worker and goes on when it is told to', async () => {
    const { queue, enqueue, events } = bench(isolation, (event, queue) => {
      if (event.type === 'progress' && event.progress.done === 2) queue.pause(event.runId)
      if (event.type === 'state' && event.state === 'paused') {
        expect(project.runs.get(event.runId).state).toBe('paused')
        queue.resume(event.runId)
      }
    })
    const id = enqueue({ rounds: 40, pace: 2 })
    expect((await queue.runToEnd(id)).state).toBe('done')
    expect(events.flatMap(event => (event.type === 'state' ? [event.state] : []))).toEqual([
      'running',
      'paused',
      'running',
      'done',
    ])
  })

  test("a step's error reaches the run as its sentence", async () => {
    const { queue, enqueue } = bench(isolation)
    const id = enqueue({ fail: 'sentence' })
    const run = await queue.runToEnd(id)
    expect(run).toMatchObject({ state: 'failed', error: { code: 'BAD_INPUT', message: 'The lesson is unreadable.' } })
    expect(states(id)).toEqual(['failed', 'queued', 'queued'])
  })

  test('an error of something that nobody waits for yet fails the step with its sentence', async () => {
    const { queue, enqueue } = bench(isolation)
    const run = await queue.runToEnd(enqueue({ rounds: 50, pace: 5, fail: 'ahead' }))
    expect(run.error).toEqual({ code: 'DISK_FULL', message: 'No room for what was asked for ahead.' })
  })

  test('out of memory starts the step again with a higher attempt, and says so', async () => {
    const { queue, enqueue, log } = bench(isolation)
    const id = enqueue({ fail: 'memory' })
    expect((await queue.runToEnd(id)).state).toBe('done')
    expect(summaries(id)[0]).toMatchObject({ attempt: 3 })
    expect(log(id).filter(line => line.includes('half the micro-batch'))).toHaveLength(2)
  })

  test('a photo deleted or changed since the import is named, and the run goes on without it', async () => {
    const { queue, enqueue, log } = bench(isolation)
    const id = enqueue()
    const [first, second] = project.dataset().images
    rmSync(first!.path)
    writeFileSync(second!.path, 'another photo')
    expect((await queue.runToEnd(id)).state).toBe('done')
    expect(summaries(id)[1]).toMatchObject({ made: 2 })
    expect(log(id)).toEqual(
      expect.arrayContaining([
        `${first!.path} was deleted after it was imported.`,
        `${second!.path} was changed after it was imported.`,
        'The run goes on without 2 of 4 photos.',
      ]),
    )
  })
})

test('a worker process that is killed is started again, and the run goes on from its checkpoint', async () => {
  const { queue, enqueue, log } = bench('process')
  const id = enqueue({ fail: 'abort' })
  expect((await queue.runToEnd(id)).state).toBe('done')
  expect(summaries(id)[0]).toMatchObject({ begunAt: 2 })
  expect(log(id).filter(line => line.includes('ended by SIGABRT'))).toEqual([
    expect.stringContaining('The run goes on from its last checkpoint (1 of 3).'),
  ])
  expect(project.metrics.list(id, 'learn', 'loss').map(({ at }) => at)).toEqual([0, 1, 2])
})

test('a worker process that dies again and again fails the run with a sentence, and the queue goes on', async () => {
  const { queue, enqueue } = bench('process')
  const [dying, next] = [enqueue({ fail: 'abort-always', rounds: 20 }), enqueue()]
  const ended = await queue.drain(new AbortController().signal)
  expect(ended.map(({ id, state }) => [id, state])).toEqual([
    [dying, 'failed'],
    [next, 'done'],
  ])
  expect(ended[0]!.error!.message).toContain('The compute worker was ended by SIGABRT.')
  expect(ended[0]!.error!.message).toContain('That was the 4th time in this run.')
})

test('a worker thread that exits is started again, and process isolation is offered', async () => {
  const { queue, enqueue, log } = bench('thread')
  const id = enqueue({ fail: 'exit' })
  expect((await queue.runToEnd(id)).state).toBe('done')
  const said = log(id).find(line => line.includes('stopped with exit code 7'))
  expect(said).toContain('compute.isolation=process')
})

test('a full disk fails the run with its sentence, and the next run is not kept from its turn', async () => {
  const { queue, enqueue } = bench('thread')
  const [full, next] = [enqueue(), enqueue()]
  mkdirSync(project.runFolder(full), { recursive: true })
  symlinkSync('/dev/full', join(project.runFolder(full), 'log.ndjson'))
  const ended = await queue.drain(new AbortController().signal)
  expect(ended.map(({ id, state }) => [id, state])).toEqual([
    [full, 'failed'],
    [next, 'done'],
  ])
  expect(ended[0]!.error).toMatchObject({ code: 'DISK_FULL' })
})

test('what a run takes is counted without its rests', async () => {
  const restMs = 400
  const { queue, enqueue } = bench('thread', (event, queue) => {
    if (event.type === 'progress' && event.progress.done === 2) queue.pause(event.runId)
    if (event.type === 'state' && event.state === 'paused') setTimeout(() => queue.resume(event.runId), restMs)
  })
  const id = enqueue({ rounds: 4 })
  const started = performance.now()
  await queue.runToEnd(id)
  const wall = (performance.now() - started) / 1000
  const [seconds] = project.metrics.list(id, 'learn', 'seconds')
  expect(seconds!.value).toBeLessThan(wall - restMs / 1000)
})

test('labels that change after a run was made are refused: its finished steps saw others', async () => {
  const { queue, enqueue } = bench('thread')
  const id = enqueue()
  project.labels.correct(project.dataset().images[0]!.id, project.classes.list()[1]!.id, 'present')
  expect((await queue.runToEnd(id)).error!.message).toContain(`after run ${id} was made`)
})
