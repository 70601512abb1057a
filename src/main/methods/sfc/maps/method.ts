import { defineMethod } from '../../defineMethod'
import { sfcMapsOptions } from './options'
import { sfcMapsWork } from './work'

export default defineMethod({
  id: 'sfc-maps',
  kind: 'seed',
  title: 'SFC maps: classifier, prototypes, both',
  version: 2, // norms are multiplied by their inverse: other last bits
  paper: {
    title: 'SFC: Shared Feature Calibration in Weakly Supervised Semantic Segmentation',
    url: 'https://arxiv.org/abs/2401.11719',
    year: 2024,
  },
  options: sfcMapsOptions,
  presets: {
    official: { map: 'sum', features: 'side', beta: 1, affinityHops: null },
    legacy: { map: 'prototype', features: 'side', absentClasses: 'competing' },
    difference: { map: 'difference', features: 'trunk', affinityHops: 0 },
  },
  inputs: ['classifier'],
  outputs: ['scores'],
  masks: [],
  work: sfcMapsWork,
  load: () => import('./run'),
})
