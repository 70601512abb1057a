import { afterEach, expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import { WorkbenchError } from '../../shared/errors'
import { openProject, type Project } from '../db/open'
import { Queue, type Execute } from './queue'

const open: Project[] = []
afterEach(() => {
  for (const project of open.splice(0)) project.close()
})

function project(): Project {
  const made = tinyProject()
  open.push(made)
  return made
}

const newRun = (name: string) => ({
  name,
  recipe: { title: name, steps: [] },
  seed: 1,
  split: 'all',
  datasetHash: 'hash',
  steps: [
    { name: 'first', method: 'learn', options: {} },
    { name: 'second', method: 'seeds', options: {} },
  ],
})
const succeed: Execute = () => Promise.resolve('done')
const stepStates = (project: Project, run: number) => project.runs.steps(run).map(({ state }) => state)

test('a run waits as a row and ends as done', async () => {
  const here = project()
  const queue = new Queue(here, succeed, () => undefined)
  const { id, state } = queue.enqueue(newRun('a'))
  expect(state).toBe('queued')
  expect((await queue.runToEnd(id)).state).toBe('done')
  expect(here.jobs.ofRun(id)).toMatchObject({ state: 'done', attempt: 1 })
})

test('waiting runs go in the order in which they came, and a failed one does not stop the next', async () => {
  const here = project()
  const seen: string[] = []
  const queue = new Queue(
    here,
    (_job, run) => {
      seen.push(run.name)
      return run.name === 'b' ? Promise.reject(new WorkbenchError('BAD_INPUT', 'b is bad')) : Promise.resolve('done')
    },
    () => undefined,
  )
  for (const name of ['a', 'b', 'c']) queue.enqueue(newRun(name))
  const ended = await queue.drain(new AbortController().signal)
  expect(seen).toEqual(['a', 'b', 'c'])
  expect(ended.map(({ state }) => state)).toEqual(['done', 'failed', 'done'])
  expect(ended[1]!.error).toEqual({ code: 'BAD_INPUT', message: 'b is bad' })
})

test('a waiting run that is cancelled or paused is passed over, and resumes', async () => {
  const here = project()
  const queue = new Queue(here, succeed, () => undefined)
  const [a, b] = [queue.enqueue(newRun('a')).id, queue.enqueue(newRun('b')).id]
  queue.cancel(a)
  queue.pause(b)
  expect(await queue.drain(new AbortController().signal)).toEqual([])
  queue.resume(a)
  queue.resume(b)
  expect((await queue.drain(new AbortController().signal)).map(({ name }) => name)).toEqual(['a', 'b'])
})

test('a running run hears cancel, pause and resume', async () => {
  const here = project()
  const heard: string[] = []
  const states: string[] = []
  const queue: Queue = new Queue(
    here,
    async (_job, run, control) => {
      control.attach(({ type }) => heard.push(type))
      queue.pause(run.id)
      queue.resume(run.id)
      queue.cancel(run.id)
      return control.signal.aborted ? 'cancelled' : 'done'
    },
    event => event.type === 'state' && states.push(event.state),
  )
  const { id } = queue.enqueue(newRun('a'))
  expect((await queue.runToEnd(id)).state).toBe('cancelled')
  expect(heard).toEqual(['pause', 'resume', 'cancel'])
  expect(states).toEqual(['running', 'cancelled'])
})

test('after a crash the run that was running waits again, and the queue goes on with it', async () => {
  const here = tinyProject()
  const queue = new Queue(
    here,
    () => new Promise(() => undefined),
    () => undefined,
  )
  const { id } = queue.enqueue(newRun('a'))
  here.runs.setStepState(id, 'first', 'done', { kept: true })
  void queue.runToEnd(id)
  here.runs.setStepState(id, 'second', 'running')
  expect(here.runs.get(id).state).toBe('running')
  here.close() // as a process that dies leaves it: nobody says that the run has ended
  const again = openProject(here.folder)
  open.push(again)
  expect(stepStates(again, id)).toEqual(['done', 'queued'])
  const ended = await new Queue(again, succeed, () => undefined).drain(new AbortController().signal)
  expect(ended.map(run => [run.id, run.state])).toEqual([[id, 'done']])
})

test('a run that is interrupted and meets an error on its way out waits as one that could keep its checkpoint', async () => {
  const here = project()
  const queue = new Queue(
    here,
    () => {
      queue.interrupt()
      return Promise.reject(new WorkbenchError('FILE_UNREADABLE', 'the folder is gone'))
    },
    () => undefined,
  )
  const { id } = queue.enqueue(newRun('a'))
  expect((await queue.runToEnd(id)).state).toBe('queued')
  expect((await new Queue(here, succeed, () => undefined).runToEnd(id)).state).toBe('done')
})

test('a failed run can be resumed; a finished one cannot, nor one that does not exist', async () => {
  const here = project()
  const queue = new Queue(
    here,
    () => Promise.reject(new Error('broken')),
    () => undefined,
  )
  const { id } = queue.enqueue(newRun('a'))
  expect((await queue.runToEnd(id)).error).toEqual({ code: 'INTERNAL', message: 'broken' })
  const better = new Queue(here, succeed, () => undefined)
  better.resume(id)
  expect((await better.runToEnd(id)).state).toBe('done')
  expect(() => better.resume(id)).toThrow(`Run ${id} is done`)
  expect(() => better.resume(99)).toThrow('There is no run 99')
})
