import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { forEachInPool } from './forEachInPool'

const context = {
  pool: { threads: 1, run: () => Promise.reject(new Error('no task is asked for')) },
  progress: () => undefined,
  checkpoint: () => Promise.resolve(),
}

test('when one fails the others are waited for, nothing new begins, and the first failure is told', async () => {
  const begun: number[] = []
  const ended: number[] = []
  const work = async (item: number) => {
    begun.push(item)
    await setTimeout(item === 0 ? 1 : 20)
    if (item === 0) throw new Error('photo 0 is damaged')
    ended.push(item)
  }
  await expect(forEachInPool(context, [0, 1, 2, 3], 'test', work)).rejects.toThrow('photo 0 is damaged')
  expect([begun, ended]).toEqual([[0, 1], [1]])
})

test('every item is worked once and counted', async () => {
  const counts: number[] = []
  const items = [5, 6, 7]
  const progress = ({ done, total }: { done: number; total: number }) => counts.push(done * 10 + total)
  const seen: number[] = []
  await forEachInPool({ ...context, progress }, items, 'test', item => Promise.resolve(void seen.push(item)))
  expect(seen.sort()).toEqual(items)
  expect(counts).toEqual([13, 23, 33])
})
