import { defineMethod } from '../../defineMethod'
import { fields, paper } from '../fields'
import { fieldSeconds } from '../work'
import { denseCrfOptions } from './options'

export default defineMethod({
  id: 'densecrf',
  kind: 'refine',
  title: 'Dense CRF',
  paper,
  options: denseCrfOptions,
  presets: {
    irn: { evidence: 'labels', confidence: 0.7, ...fields.irn },
    deeplab: { evidence: 'scores', ...fields.deeplab },
    seco: { evidence: 'scores', ...fields.seco },
    affinitynet: { evidence: 'scores', ...fields.affinitynet },
  },
  inputs: ['scores'],
  outputs: ['labels'],
  masks: ['truth'],
  work: (options, facts) => ({ otherSeconds: fieldSeconds(options, facts) + facts.truths * 0.015 }),
  engine: false,
  load: () => import('./run'),
})
