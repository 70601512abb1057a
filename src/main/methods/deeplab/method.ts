import { defineMethod } from '../defineMethod'
import { deeplabOptions } from './options'
import { deeplabPresets } from './presets'
import { deeplabWork } from './work'

export default defineMethod({
  id: 'deeplab',
  kind: 'segment',
  title: 'DeepLab',
  paper: {
    title: 'Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation',
    url: 'https://arxiv.org/abs/1802.02611',
    year: 2018,
  },
  options: deeplabOptions,
  presets: deeplabPresets,
  inputs: ['labels'],
  optionalInputs: {
    labels: {
      isNeeded: ({ truth, corrections, steps }) => truth !== 'only' && corrections !== 'only' && steps !== 0,
      instead: 'set truth or corrections to only, where photos have masks of their own',
    },
  },
  outputs: ['segmentation', 'labels'],
  version: 3, // with knownLabels a photo that nobody labelled may get any class
  files: ({ weights, start }) => [weights, start],
  work: deeplabWork,
  load: () => import('./run'),
})
