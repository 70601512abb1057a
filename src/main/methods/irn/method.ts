import { defineMethod } from '../defineMethod'
import { irnOptions } from './options'
import { irnWork } from './work'

/** As LPCAM and IRN ran it: thousands of photos, a GPU; whole batches, since the loss divides by all pairs of one. */
const official = {
  backbone: 'resnet50',
  longestSide: null,
  epochs: 3,
  batch: 32,
  microBatch: 32,
  crop: 512,
} as const

export default defineMethod({
  id: 'irn',
  kind: 'refine',
  title: 'IRN: walk between learned edges',
  paper: {
    title: 'Weakly Supervised Learning of Instance Segmentation with Inter-pixel Relations',
    url: 'https://arxiv.org/abs/1904.05044',
    year: 2019,
  },
  options: irnOptions,
  presets: { official, 'irn-original': { ...official, padTo: 512, displacement: true } },
  inputs: ['scores', 'labels'],
  outputs: ['scores', 'edges'],
  masks: [],
  files: ({ weights }) => [weights],
  work: irnWork,
  load: () => import('./run'),
})
