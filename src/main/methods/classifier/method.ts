import { defineMethod } from '../defineMethod'
import { classifierOptions } from './options'
import { classifierWork } from './work'

export default defineMethod({
  id: 'classifier',
  kind: 'train',
  title: 'Multi-label classifier',
  paper: {
    title: 'Weakly Supervised Learning of Instance Segmentation with Inter-pixel Relations (its classifier)',
    url: 'https://arxiv.org/abs/1904.05044',
    year: 2019,
  },
  options: classifierOptions,
  presets: {
    'official-voc': { backbone: 'resnet50', train: 'all', longestSide: null },
  },
  inputs: [],
  outputs: ['classifier'],
  masks: [],
  files: ({ weights }) => [weights],
  work: classifierWork,
  load: () => import('./run'),
})
