import { defineMethod } from '../defineMethod'
import { importOptions } from './options'

export default defineMethod({
  id: 'import',
  kind: 'seed',
  title: 'Score maps made elsewhere',
  options: importOptions,
  inputs: [],
  outputs: ['scores'],
  masks: [],
  files: ({ folder }) => [folder],
  work: (_, { photos }) => ({ otherSeconds: photos * 0.01 }),
  engine: false,
  load: () => import('./run'),
})
