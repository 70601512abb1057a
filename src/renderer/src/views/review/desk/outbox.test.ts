import { expect, test } from 'vitest'
import { toErrorData, WorkbenchError } from '../../../../../shared/errors'
import { Outbox, type OutboxState } from './outbox'

function box() {
  const states: OutboxState['kind'][] = []
  const outbox = new Outbox({ report: ({ kind }) => states.push(kind), errorOf: toErrorData, waits: [1] })
  return { outbox, states }
}

test('what changed is sent in its order, one thing after the other', async () => {
  const { outbox, states } = box()
  const sent: string[] = []
  const slow = (name: string, ms: number) => async () => {
    sent.push(`${name} begins`)
    await new Promise(resolve => setTimeout(resolve, ms))
    sent.push(`${name} ends`)
  }
  outbox.add(slow('first', 5))
  outbox.add(slow('second', 1))
  await outbox.settled()
  expect(sent).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  expect(states).toEqual(['saving', 'saved'])
})

test('what fails is sent again before what came after it', async () => {
  const { outbox, states } = box()
  const sent: string[] = []
  let failures = 3
  outbox.add(() => {
    if (failures-- > 0) return Promise.reject(new WorkbenchError('DISK_FULL', 'no room'))
    sent.push('first')
    return Promise.resolve()
  })
  outbox.add(() => Promise.resolve(void sent.push('second')))
  await outbox.settled()
  expect(sent).toEqual(['first', 'second'])
  expect(states).toEqual(['saving', 'failed', 'failed', 'failed', 'saved'])
})

test('a conflict stops everything until a person chose; what is dropped is never sent', async () => {
  const { outbox, states } = box()
  const sent: string[] = []
  outbox.add(() => Promise.reject(new WorkbenchError('CONFLICT', 'another window was first')))
  outbox.add(() => Promise.resolve(void sent.push('after')))
  await outbox.settled()
  expect(outbox.state.kind).toBe('conflict')
  expect(outbox.isEmpty).toBe(false)
  outbox.drop()
  outbox.add(() => Promise.resolve(void sent.push('new')))
  await outbox.settled()
  expect(sent).toEqual(['new'])
  expect(states.at(-1)).toBe('saved')
})

test('what cannot get better is not tried by itself, but when a person says so', async () => {
  const { outbox } = box()
  let tries = 0
  outbox.add(() =>
    ++tries === 1 ? Promise.reject(new WorkbenchError('READ_ONLY', 'to look at only')) : Promise.resolve(),
  )
  await outbox.settled()
  expect([outbox.state.kind, tries]).toEqual(['failed', 1])
  outbox.retry()
  await outbox.settled()
  expect([outbox.state.kind, tries]).toEqual(['saved', 2])
})
