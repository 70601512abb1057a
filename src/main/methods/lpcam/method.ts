import { defineMethod } from '../defineMethod'
import { lpcamOptions } from './options'
import { lpcamWork } from './work'

export default defineMethod({
  id: 'lpcam',
  kind: 'seed',
  title: 'LPCAM: local prototype CAM',
  paper: {
    title: 'Extracting Class Activation Maps from Non-Discriminative Features as well',
    url: 'https://arxiv.org/abs/2303.10334',
    year: 2023,
  },
  options: lpcamOptions,
  presets: {
    'official-voc': { clusters: 12, tau: 0.1, muBackground: 0.9, muBackgroundLow: 0.05, maxVectorsPerSet: null },
    'official-coco': {
      clusters: 20,
      tau: 0.25,
      muBackground: 0.5,
      muBackgroundLow: 0,
      imagesPerClass: 100,
      maxVectorsPerSet: null,
      seed: 666,
    },
    paper: { tau: 0.1, muBackgroundLow: 0, splitMask: 'feature-cam', relu: 'afterMerge', maxVectorsPerSet: null },
  },
  inputs: ['classifier', 'scores'],
  outputs: ['scores', 'prototypes'],
  masks: [],
  work: lpcamWork,
  load: () => import('./run'),
  loadInspection: () => import('./inspect'),
})
