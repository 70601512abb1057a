import { expect, test } from 'vitest'
import { prefetch } from './prefetch'

test('values come in order while the next ones are under way', async () => {
  const started: number[] = []
  const make = async (index: number) => {
    started.push(index)
    return index * 10
  }
  const source = prefetch(make, { from: 2, to: 7, ahead: 2 })
  expect((await source.next()).value).toBe(20)
  expect(started).toEqual([2, 3, 4])
  const rest: number[] = []
  for await (const value of source) rest.push(value)
  expect(rest).toEqual([30, 40, 50, 60])
  expect(started).toEqual([2, 3, 4, 5, 6])
})

test('an error surfaces at its own value, after those before it', async () => {
  const make = async (index: number) => {
    if (index === 1) throw new Error('photo 1 is corrupt')
    return index
  }
  const source = prefetch(make, { from: 0, to: 3, ahead: 2 })
  expect((await source.next()).value).toBe(0)
  await expect(source.next()).rejects.toThrow('photo 1 is corrupt')
})
