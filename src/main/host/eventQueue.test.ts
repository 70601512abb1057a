import { expect, test } from 'vitest'
import type { WorkbenchEvent } from '../../shared/contract/events'
import { EventBus } from './eventBus'
import { EventQueue } from './eventQueue'

const open = new AbortController().signal
const progress = (runId: number, done: number): WorkbenchEvent => ({
  type: 'run',
  project: 'p',
  event: {
    type: 'progress',
    runId,
    step: 'cam',
    progress: { done, total: 9, unit: 'photos', stage: '', etaMs: null },
    memory: 1,
  },
})
const log = (line: string): WorkbenchEvent => ({
  type: 'run',
  project: 'p',
  event: { type: 'log', runId: 1, step: null, line },
})

async function drained(queue: EventQueue) {
  queue.push({ id: 'end', event: { type: 'settings' } })
  const heard: string[] = []
  for (let next = await queue.next(open); next && next.id !== 'end'; next = await queue.next(open)) heard.push(next.id)
  return heard
}

test('a tab that is slow hears of a run’s progress once, in its newest form and at its place', async () => {
  const queue = new EventQueue()
  queue.push({ id: 'a-1', event: progress(1, 1) })
  queue.push({ id: 'a-2', event: log('one') })
  queue.push({ id: 'a-3', event: progress(2, 1) })
  queue.push({ id: 'a-4', event: progress(1, 2) })
  queue.push({ id: 'a-5', event: log('two') })
  expect(await drained(queue)).toEqual(['a-2', 'a-3', 'a-4', 'a-5'])
})

test('a tab that falls too far behind looks at everything again, and no memory is kept for it', async () => {
  const queue = new EventQueue()
  for (let number = 1; number <= 1_001; number++) queue.push({ id: `a-${number}`, event: log('x') })
  queue.push({ id: 'a-1002', event: log('after') })
  expect(await queue.next(open)).toEqual({ id: 'a-1001', event: { type: 'reset' } })
  expect((await queue.next(open))?.id).toBe('a-1002')
})

test('who waits is woken by the next event, and let go when the tab closes', async () => {
  const queue = new EventQueue()
  const waiting = queue.next(open)
  queue.push({ id: 'a-1', event: log('x') })
  expect((await waiting)?.id).toBe('a-1')
  const tab = new AbortController()
  const closing = queue.next(tab.signal)
  tab.abort()
  expect(await closing).toBeUndefined()
})

test('a tab that comes back hears exactly what it missed, in order', () => {
  const bus = new EventBus()
  const heard: string[] = []
  const stop = bus.listen(({ id }) => heard.push(id))
  bus.emit(log('1'))
  const last = bus.lastId
  stop()
  bus.emit(log('2'))
  bus.emit(log('3'))
  const missed = bus.since(last).map(({ id }) => id)
  bus.listen(({ id }) => heard.push(id))
  bus.emit(log('4'))
  const numbers = [...heard.slice(0, 1), ...missed, ...heard.slice(1)].map(id => Number(id.split('-')[1]))
  expect(numbers).toEqual([1, 2, 3, 4])
  expect(bus.since(bus.lastId)).toEqual([])
})

test.each(['', 'x', 'deadbeef-3', '-', 'deadbeef--1', '__proto__-1'])('the id "%s" of another start is a reset', id => {
  const bus = new EventBus()
  bus.emit(log('1'))
  expect(bus.since(id)).toEqual([{ id: bus.lastId, event: { type: 'reset' } }])
})

test('an id from the future, and one that nobody remembers any more, are a reset', () => {
  const bus = new EventBus()
  const first = bus.lastId
  const [epoch] = first.split('-')
  for (let number = 0; number < 10_001; number++) bus.emit(log('x'))
  expect(bus.since(first).map(({ event }) => event.type)).toEqual(['reset'])
  expect(bus.since(`${epoch}-99999999`).map(({ event }) => event.type)).toEqual(['reset'])
})
