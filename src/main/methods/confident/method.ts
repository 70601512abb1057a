import { defineMethod } from '../defineMethod'
import { confidentOptions } from './options'

export default defineMethod({
  id: 'confident',
  kind: 'refine',
  title: 'Confident labels',
  paper: {
    title: 'Weakly Supervised Learning of Instance Segmentation with Inter-pixel Relations',
    url: 'https://arxiv.org/abs/1904.05044',
    year: 2019,
  },
  options: confidentOptions,
  presets: {
    lpcam: { foreground: 0.45, background: 0.25 },
    irn: { foreground: 0.3, background: 0.05 },
    recam: { foreground: 0.35, background: 0.1 },
  },
  inputs: ['scores'],
  outputs: ['labels'],
  masks: ['truth'],
  // 2: a photo smaller than `longestSide` is no longer enlarged to it.
  version: 2,
  // A field of two readings a photo, two photos at once; finding the thresholds looks at every photo with truth.
  work: ({ iterations, longestSide }, { pixelsWithin, truths }) => ({
    otherSeconds: (pixelsWithin(longestSide) / (500 * 375)) * (0.15 + 0.02 * iterations) + truths * 0.015,
  }),
  engine: false,
  load: () => import('./run'),
})
