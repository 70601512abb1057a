import { expect, test } from 'vitest'
import type { PhotoLayers, StepLayer } from '../../../../../shared/contract/seeds'
import { scoresStep } from './scoresStep'

const scores = (step: string): StepLayer => ({ kind: 'scores', step, method: 'cam', blob: `${step} blob`, masks: null })
const labels = (step: string, from: string | null): StepLayer => ({
  kind: 'labels',
  step,
  method: 'm',
  blob: 'b',
  from,
})
const layers = (...steps: readonly (readonly StepLayer[])[]): PhotoLayers => ({
  image: { id: 1, stem: 'a', width: 4, height: 4, split: 'train', present: [] },
  truth: null,
  runs: steps.map((own, i) => ({ id: i + 1, name: 'run', state: 'done', steps: own })),
  olderRuns: 0,
})
const origin = (run: number | null, step: string) => ({ run, step, blob: 'b' })

test('a mask goes by the maps that its step took', () => {
  const runs = layers([scores('cam'), scores('lpcam'), labels('a', 'cam'), labels('b', 'lpcam')])
  expect(scoresStep(runs, origin(1, 'a'))?.step).toBe('cam')
  expect(scoresStep(runs, origin(1, 'b'))?.step).toBe('lpcam')
})

test('where that is not known, by the last maps of its run, else by those of the newest run that has any', () => {
  const runs = layers([labels('net', null)], [scores('cam'), scores('lpcam'), labels('a', null)], [scores('old')])
  expect(scoresStep(runs, origin(2, 'a'))?.step).toBe('lpcam')
  expect(scoresStep(runs, origin(1, 'net'))?.step).toBe('cam')
  expect(scoresStep(runs, origin(null, 'gone'))?.step).toBe('cam')
  expect(scoresStep(layers([labels('net', null)]), null)).toBeUndefined()
})
