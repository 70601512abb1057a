import { defineMethod } from '../defineMethod'
import { denseCrfOptions } from './options'
import { denseCrfWork } from './work'

export default defineMethod({
  id: 'densecrf',
  kind: 'refine',
  title: 'Dense CRF',
  paper: {
    title: 'Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials',
    url: 'https://arxiv.org/abs/1210.5644',
    year: 2011,
  },
  options: denseCrfOptions,
  presets: {
    irn: {
      evidence: 'labels',
      confidence: 0.7,
      spatialSigma: 3,
      spatialWeight: 3,
      bilateralSigmaXy: 50,
      bilateralSigmaRgb: 5,
      bilateralWeight: 10,
    },
    deeplab: {
      evidence: 'scores',
      spatialSigma: 1,
      spatialWeight: 3,
      bilateralSigmaXy: 67,
      bilateralSigmaRgb: 3,
      bilateralWeight: 4,
    },
    seco: {
      evidence: 'scores',
      spatialSigma: 1,
      spatialWeight: 1,
      bilateralSigmaXy: 121,
      bilateralSigmaRgb: 5,
      bilateralWeight: 4,
    },
    affinitynet: {
      evidence: 'scores',
      spatialSigma: 3,
      spatialWeight: 3,
      bilateralSigmaXy: 80,
      bilateralSigmaRgb: 13,
      bilateralWeight: 10,
    },
  },
  inputs: ['scores'],
  outputs: ['labels'],
  masks: ['truth'],
  work: denseCrfWork,
  engine: false,
  load: () => import('./run'),
})
