import { expect, test } from 'vitest'
import { Slots } from './slots'

const settled = () => new Promise<void>(resolve => setImmediate(resolve))

test('who finds no place waits, and comes in in order', async () => {
  const slots = new Slots(2)
  await Promise.all([slots.take(), slots.take()])
  const entered: string[] = []
  void slots.take().then(() => entered.push('first'))
  void slots.take().then(() => entered.push('second'))
  await settled()
  expect(entered).toEqual([])
  slots.release()
  await settled()
  expect(entered).toEqual(['first'])
  slots.release()
  await settled()
  expect(entered).toEqual(['first', 'second'])
})

test('who gives up waiting leaves the line to the others', async () => {
  const slots = new Slots(1)
  await slots.take()
  const impatient = new AbortController()
  const refused = expect(slots.take(impatient.signal)).rejects.toThrow('enough')
  const entered: string[] = []
  void slots.take().then(() => entered.push('next'))
  impatient.abort(new Error('enough'))
  await refused
  slots.release()
  await settled()
  expect(entered).toEqual(['next'])
})
