import { defineMethod } from '../defineMethod'
import { templateOptions } from './options'

// Copy this folder, rename it to the method's id, and change every line: the registry finds it, nothing else is edited.
export default defineMethod({
  id: 'template',
  kind: 'seed',
  title: 'What a person reads in lists and forms',
  paper: { title: 'Title of the paper', url: 'https://arxiv.org/abs/0000.00000', year: 2026 },
  options: templateOptions,
  inputs: ['scores'],
  outputs: ['scores'],
  version: 1,
  masks: [],
  // Seconds of the reference machine (engine/speed.ts), for estimates.
  work: (_options, { photos }) => ({ otherSeconds: 0.01 * photos }),
  load: () => import('./run'),
})
