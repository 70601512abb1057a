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
  outputs: ['segmentation', 'labels'],
  version: 2, // labels that are nowhere likelier than 0.05 are kept from the field
  files: ({ weights }) => [weights],
  work: deeplabWork,
  load: () => import('./run'),
})
