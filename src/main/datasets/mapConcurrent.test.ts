import { expect, test } from 'vitest'
import { mapConcurrent } from './mapConcurrent'

test('work runs side by side, keeps the order, and stops taking items when one fails', async () => {
  let running = 0
  let most = 0
  const work = async (item: number) => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
    return item * 2
  }
  expect(await mapConcurrent([1, 2, 3, 4, 5], 2, work)).toEqual([2, 4, 6, 8, 10])
  expect(most).toBe(2)
  const taken: number[] = []
  const failing = mapConcurrent([1, 2, 3, 4, 5, 6], 2, async item => {
    taken.push(item)
    await new Promise(setImmediate)
    if (item === 2) throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(taken.length).toBeLessThanOrEqual(4)
  const aborted = mapConcurrent([1], 1, work, AbortSignal.abort())
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
})
