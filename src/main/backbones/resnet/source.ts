import type { BackboneSource } from '../catalogue'
import type { ResnetName } from './architecture'

function source(file: string): BackboneSource {
  return {
    paper: 'https://arxiv.org/abs/1512.03385',
    licence: 'BSD-3-Clause (torchvision)',
    weights: `ImageNet-1k V1, torchvision ${file}; the V2 weights have other statistics and do not serve the papers' figures`,
    remedy: `set the option \`weights\` to torchvision's ${file} (or the same as .safetensors).`,
  }
}

export const resnetSources: Readonly<Record<ResnetName, BackboneSource>> = {
  resnet50: source('resnet50-19c8e357.pth'),
  resnet101: source('resnet101-5d3b4d8f.pth'),
}
