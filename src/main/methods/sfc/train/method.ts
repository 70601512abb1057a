import { defineMethod } from '../../defineMethod'
import { sfcOptions } from './options'
import { sfcWork } from './work'

/** SFC's losses as its code has them; `repaired` weighs them by the number of classes and repairs the optimizer. */
const published = {
  backbone: 'resnet50',
  train: 'all',
  classifier: 'steps',
  longestSide: null,
  bankDraws: 4,
  prototypeLoss: 1.6,
  scaleLoss: 0.8,
  detachMaps: false,
  coefficients: 'demand',
  bankFactor: 3,
  consistencyNorm: 'all',
  scaleByClasses: false,
  affinityHops: 2,
  affinityWidth: 2048,
} as const

export default defineMethod({
  id: 'sfc',
  kind: 'train',
  title: 'SFC: shared feature calibration',
  version: 2, // a step's photos are learnt together
  paper: {
    title: 'SFC: Shared Feature Calibration in Weakly Supervised Semantic Segmentation',
    url: 'https://arxiv.org/abs/2401.11719',
    year: 2024,
  },
  options: sfcOptions,
  presets: {
    official: { ...published, momentum: 1e-4, learningRate: 0.1, epochs: 6, batch: 16, crop: 512, clipNorm: 1 },
    repaired: { ...published, scaleByClasses: true, affinityWidth: 256, momentum: 0.9, learningRate: 0.01 },
    'small-set': {
      train: 'head',
      classifier: 'converged',
      bankDraws: 4,
      prototypeLoss: 1.6,
      scaleLoss: 0,
      detachMaps: true,
      scaleByClasses: true,
      affinityHops: 0,
      steps: 1000,
    },
  },
  inputs: [],
  outputs: ['classifier'],
  masks: [],
  files: ({ weights }) => [weights],
  work: sfcWork,
  load: () => import('./run'),
})
