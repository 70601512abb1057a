import { defineMethod } from '../defineMethod'
import { camOptions } from './options'
import { camWork } from './work'

export default defineMethod({
  id: 'cam',
  kind: 'seed',
  title: 'Class activation maps',
  paper: {
    title: 'Learning Deep Features for Discriminative Localization',
    url: 'https://arxiv.org/abs/1512.04150',
    year: 2016,
  },
  options: camOptions,
  presets: { 'one-scale': { scales: [1], mirrored: false } },
  inputs: ['classifier'],
  outputs: ['scores'],
  masks: [],
  work: camWork,
  load: () => import('./run'),
})
