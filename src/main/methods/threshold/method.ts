import { defineMethod } from '../defineMethod'
import { thresholdOptions } from './options'

export default defineMethod({
  id: 'threshold',
  kind: 'refine',
  title: 'Threshold',
  options: thresholdOptions,
  inputs: ['scores'],
  outputs: ['labels'],
  load: () => import('./run'),
})
