import { expect, test } from 'vitest'
import type { Task } from '../../../../shared/contract/tasks'
import type { EndedRun } from '../../stores/activity'
import { isWorthTelling, runNotice, taskNotice } from './endNotices'

const run: EndedRun['run'] = { project: 'abc', runId: 3, name: 'CAM', state: 'running', progress: null, steps: [] }
const ended = (event: Partial<EndedRun['event']>): EndedRun => ({
  run,
  event: { type: 'state', runId: 3, state: 'done', ...event },
})
const task: Task = {
  ...{ id: '1', kind: 'import', title: 'Import /photos', project: 'abc', state: 'done', progress: null, error: null },
  ...{ startedAt: 1_000, finishedAt: 11_000 },
}

test('a run that ended is told with the way to it, a failed one with its reason, for as long as nobody read it', () => {
  const link = { text: 'Open the run', to: '/p/abc/runs/3' }
  expect(runNotice(ended({}))).toEqual({ kind: 'done', text: 'Run 3 “CAM” is done.', link })
  expect(runNotice(ended({ state: 'cancelled' }))).toEqual({ kind: 'info', text: 'Run 3 “CAM” was stopped.', link })
  const error = { code: 'DISK_FULL', message: 'The disk is full.' } as const
  const failed = runNotice(ended({ state: 'failed', error }))
  expect(failed).toEqual({ kind: 'error', text: 'Run 3 “CAM” failed: The disk is full.', link })
})

test('a work leads to where its result is; one of the program to no project', () => {
  expect(taskNotice(task)).toEqual({
    kind: 'done',
    text: 'Done: Import /photos.',
    link: { text: 'Open', to: '/p/abc/dataset' },
  })
  expect(taskNotice({ ...task, kind: 'install', project: null }).link?.to).toBe('/engine')
  expect(taskNotice({ ...task, kind: 'sweep' }).link).toBeUndefined()
  const error = { code: 'BAD_INPUT', message: 'No photo could be imported.' } as const
  const failed = taskNotice({ ...task, state: 'failed', error })
  expect([failed.kind, failed.text]).toEqual(['error', 'Import /photos: No photo could be imported.'])
})

test('who watches is told of long works only, who looks elsewhere of all; nobody of a cancelled one', () => {
  const told = (change: Partial<Task>, isHidden = false) => isWorthTelling({ ...task, ...change }, isHidden)
  expect([told({}), told({ finishedAt: 10_999 }), told({ finishedAt: 10_999 }, true)]).toEqual([true, false, true])
  expect([told({ kind: 'doctor' }), told({ kind: 'doctor' }, true)]).toEqual([false, true])
  expect([told({ state: 'running' }, true), told({ state: 'cancelled' }, true)]).toEqual([false, false])
})
