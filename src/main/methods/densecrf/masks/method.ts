import { defineMethod } from '../../defineMethod'
import { fields, paper } from '../fields'
import { fieldSeconds } from '../work'
import { maskFieldOptions } from './options'

export default defineMethod({
  id: 'densecrf-masks',
  kind: 'refine',
  title: 'Dense CRF on masks',
  paper,
  options: maskFieldOptions,
  presets: fields,
  inputs: ['labels'],
  outputs: ['labels'],
  masks: [],
  work: (options, facts) => ({ otherSeconds: fieldSeconds(options, facts) }),
  engine: false,
  load: () => import('./run'),
})
