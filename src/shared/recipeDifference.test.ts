import { expect, test } from 'vitest'
import { recipeDifference } from './recipeDifference'

const first = {
  seed: 1,
  methods: { classifier: 'classifier', cam: 'cam', 'cam-masks': 'threshold' },
  settings: {
    classifier: { backbone: 'lite0', epochs: 6 },
    cam: { scales: [1, 0.5] },
    'cam-masks': { threshold: 'auto' },
  },
}

test('the same recipe differs in nothing', () => {
  expect(recipeDifference([first, structuredClone(first)])).toEqual([])
})

test('only what differs is told, lists by what is in them', () => {
  const second = {
    ...first,
    settings: { ...first.settings, classifier: { backbone: 'lite0', epochs: 9 }, cam: { scales: [1] } },
  }
  expect(recipeDifference([first, second])).toEqual([
    { method: 'classifier', names: ['classifier', 'classifier'], options: [{ option: 'epochs', values: [6, 9] }] },
    { method: 'cam', names: ['cam', 'cam'], options: [{ option: 'scales', values: [[1, 0.5], [1]] }] },
  ])
})

test('steps belong together by method, whatever they are called, and one that is missing is told', () => {
  const second = {
    seed: 1,
    methods: { classifier: 'classifier', cam: 'cam', lpcam: 'lpcam', 'lpcam-masks': 'threshold' },
    settings: { ...first.settings, lpcam: { tau: 0.2 }, 'lpcam-masks': { threshold: 0.3 } },
  }
  expect(recipeDifference([first, second])).toEqual([
    {
      method: 'threshold',
      names: ['cam-masks', 'lpcam-masks'],
      options: [{ option: 'threshold', values: ['auto', 0.3] }],
    },
    { method: 'lpcam', names: [undefined, 'lpcam'], options: [] },
  ])
})
