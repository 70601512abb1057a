import { expect, test } from 'vitest'
import { EpochScores } from './epochScores'

test('AP of each class and their mean come from all batches of an epoch, and the next begins anew', () => {
  const said: [name: string, value: number, at: number | undefined][] = []
  const sink = {
    dataset: { classes: ['cat', 'dog'] },
    metric: (name: string, value: number, at?: number) => void said.push([name, value, at]),
    log: () => undefined,
  }
  const scores = new EpochScores(2)
  scores.add(Float32Array.of(0.9, 0.1, 0.8, 0.2), Uint8Array.of(1, 0, 0, 1)) // [2 photos, cat and dog]
  scores.add(Float32Array.of(0.7, 0.9, 0.1, 0.8), Uint8Array.of(1, 0, 0, 0))
  scores.report('mAP', sink, 1)
  // cat is found at ranks 1 and 3: (1/1 + 2/3) / 2; dog at rank 3 of 0.9, 0.8, 0.2, 0.1: 1/3
  expect(said).toEqual([
    ['mAP: cat', expect.closeTo(5 / 6, 6), 1],
    ['mAP: dog', expect.closeTo(1 / 3, 6), 1],
    ['mAP', expect.closeTo(7 / 12, 6), 1],
  ])
  said.length = 0
  scores.add(Float32Array.of(0.2, 0.1), Uint8Array.of(1, 0))
  scores.report('mAP', sink, 2)
  expect(said).toEqual([
    ['mAP: cat', 1, 2],
    ['mAP', 1, 2],
  ])
})

test('of an epoch that was resumed within nothing is recorded, the log says so, and the next begins anew', () => {
  const said: [name: string, value: number][] = []
  const log: string[] = []
  const sink = {
    dataset: { classes: ['cat'] },
    metric: (name: string, value: number) => void said.push([name, value]),
    log: (line: string) => void log.push(line),
  }
  const scores = new EpochScores(1)
  scores.add(Float32Array.of(0.9, 0.1), Uint8Array.of(0, 1))
  scores.report('mAP', sink, 3, false)
  expect(said).toEqual([])
  expect(log).toEqual([expect.stringContaining('no mAP of epoch 3')])
  scores.add(Float32Array.of(0.9, 0.8), Uint8Array.of(1, 0))
  scores.report('mAP', sink, 4)
  expect(said).toEqual([
    ['mAP: cat', 1],
    ['mAP', 1],
  ])
})
