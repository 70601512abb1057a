import { expect, test } from 'vitest'
import { Slots } from './slots'

const settled = () => new Promise<void>(resolve => setImmediate(resolve))

test('fewer places: who has one keeps it, and nobody enters before enough have left', async () => {
  const slots = new Slots(3)
  await Promise.all([slots.take(), slots.take(), slots.take()])
  slots.resize(1)
  const entered: string[] = []
  void slots.take().then(() => entered.push('first'))
  void slots.take().then(() => entered.push('second'))
  slots.release()
  slots.release()
  await settled()
  expect(entered).toEqual([])
  slots.release()
  await settled()
  expect(entered).toEqual(['first'])
})

test('more places let in who waits, in order', async () => {
  const slots = new Slots(1)
  await slots.take()
  const entered: number[] = []
  for (const n of [1, 2, 3]) void slots.take().then(() => entered.push(n))
  slots.resize(3)
  await settled()
  expect(entered).toEqual([1, 2])
  slots.release()
  await settled()
  expect(entered).toEqual([1, 2, 3])
})
