import { expect, test } from 'vitest'
import type { PhotoLayers, RunLayers, StepLayer } from '../../../../shared/contract/seeds'
import type { WorkState } from '../../../../shared/contract/states'
import { usualLayer } from './photoSides'

const scores = (step: string): StepLayer => ({ kind: 'scores', step, method: step, blob: `${step}.maps`, masks: null })
const labels = (step: string): StepLayer => ({ kind: 'labels', step, method: step, blob: `${step}.png`, from: null })
const run = (id: number, state: WorkState, ...steps: StepLayer[]): RunLayers => ({
  id,
  name: `run ${id}`,
  state,
  steps,
})

/** A photo with what runs made of it, the newest first. */
function photo(runs: readonly RunLayers[], truth: string | null = 'truth.png'): PhotoLayers {
  const image = { id: 1, stem: 'photo', width: 4, height: 4, split: 'train', present: [0] }
  return { image, truth, runs, olderRuns: 0 }
}

test('where nothing was chosen, the last maps of the newest run are shown', () => {
  const older = run(1, 'done', scores('cam'))
  const newest = run(2, 'done', scores('cam'), scores('lpcam'), labels('lpcam-masks'))
  expect(usualLayer(photo([newest, older]))).toEqual({ kind: 'step', run: 2, step: 'lpcam' })
})

test('a stopped run or one that goes on does not take the place of a finished one', () => {
  const finished = run(1, 'done', scores('cam'), scores('lpcam'))
  for (const state of ['cancelled', 'running'] as const)
    for (const part of [run(2, state, scores('cam')), run(2, state, scores('cam'), scores('lpcam'))])
      expect(usualLayer(photo([part, finished]))).toEqual({ kind: 'step', run: 1, step: 'lpcam' })
})

test('the maps of a run that goes on are shown while no other has any', () => {
  const masksOnly = run(1, 'done', labels('deeplab'))
  expect(usualLayer(photo([run(2, 'running', scores('cam')), masksOnly]))).toEqual({
    kind: 'step',
    run: 2,
    step: 'cam',
  })
})

test('without maps it is what the newest run made, then the truth, then the photo', () => {
  expect(usualLayer(photo([run(1, 'done', labels('deeplab'))]))).toEqual({ kind: 'step', run: 1, step: 'deeplab' })
  expect(usualLayer(photo([]))).toEqual({ kind: 'truth' })
  expect(usualLayer(photo([], null))).toEqual({ kind: 'photo' })
})
