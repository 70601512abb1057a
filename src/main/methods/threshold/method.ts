import { defineMethod } from '../defineMethod'
import { thresholdOptions } from './options'

export default defineMethod({
  id: 'threshold',
  kind: 'refine',
  title: 'Threshold',
  options: thresholdOptions,
  inputs: ['scores'],
  outputs: ['labels'],
  masks: ['truth'],
  // Choosing a threshold on the truth looks at every photo with truth twice.
  work: (_, { photos, truths }) => ({ otherSeconds: photos * 0.015 + truths * 0.015 }),
  engine: false,
  load: () => import('./run'),
})
