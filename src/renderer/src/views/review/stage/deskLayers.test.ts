import { expect, test } from 'vitest'
import { deskLayerFromText, deskLayers, deskLayerText } from './deskLayers'

const labels = { kind: 'labels', step: 'masks', method: 'threshold', blob: 'b', from: 'cam' } as const
const layers = {
  image: { id: 1, stem: 'a', width: 4, height: 4, split: 'train', present: [] },
  truth: 'hash',
  runs: [{ id: 7, name: 'lpcam', state: 'done', steps: [labels] }],
  olderRuns: 0,
} as const

test('the mask that is edited comes first, then what differs, then what there is to compare with', () => {
  expect(deskLayers(layers, true).map(deskLayerText)).toEqual([
    ...['corrected', 'difference:pseudo', 'difference:truth', '7:masks', 'truth', 'photo'],
  ])
  expect(deskLayers({ ...layers, truth: null }, false).map(deskLayerText)).toEqual(['corrected', '7:masks', 'photo'])
})

test('every layer is found again by its name', () => {
  for (const layer of [...deskLayers(layers, true), { kind: 'version', version: 12 } as const])
    expect(deskLayerFromText(deskLayerText(layer))).toEqual(layer)
  expect(deskLayerFromText('difference:nothing')).toBeUndefined()
})
