import type { DeeplabOptions } from './options'

/** DeepLabV2 as weakly supervised papers train it (kazuto1011/deeplab-pytorch configs/voc12.yaml, from ImageNet weights). */
const deeplabv2: Partial<DeeplabOptions> = {
  head: 'deeplabv2',
  backbone: 'resnet101',
  stride: 8,
  norm: 'frozen',
  rates: [6, 12, 18, 24],
  longestSide: null,
  crop: 321,
  scaleRange: [0.5, 1.5],
  scaleStep: 0.25,
  steps: 20_000,
  batch: 10,
  microBatch: 5,
  optimizer: 'sgd',
  learningRate: 2.5e-4,
  biasDoubled: true,
  decay: 5e-4,
  multiScaleLoss: true,
  tailShare: 0,
  scales: [1, 0.75, 0.5],
  mirrored: false,
  merge: 'max',
}

/** VainF/DeepLabV3Plus-Pytorch main.py: 30,000 steps of 16 crops of 513; `validate` predicts once, and has no CRF. */
const deeplabv3plus: Partial<DeeplabOptions> = {
  head: 'deeplabv3plus',
  backbone: 'resnet50',
  norm: 'batch',
  width: 256,
  separable: false,
  lowChannels: 48,
  decoderWidth: 256,
  decoderConvolutions: 1,
  longestSide: null,
  crop: 513,
  scaleRange: [0.5, 2],
  steps: 30_000,
  batch: 16,
  microBatch: 16,
  optimizer: 'sgd',
  learningRate: 1e-3,
  tailShare: 0,
  scales: [1],
  mirrored: false,
  crf: 'none',
}

/** Option sets by name; the defaults are sized for a CPU. */
export const deeplabPresets: Readonly<Record<string, Partial<DeeplabOptions>>> = {
  'deeplabv2-voc': deeplabv2,
  'deeplabv2-coco': { ...deeplabv2, steps: 100_000 },
  'deeplabv3plus-resnet50': deeplabv3plus,
  'deeplabv3plus-resnet101': { ...deeplabv3plus, backbone: 'resnet101' },
  // The architecture of torchvision's deeplabv3_resnet50, to go on from or to hand to PyTorch.
  'torchvision-deeplabv3': {
    ...deeplabv3plus,
    head: 'deeplabv3',
    stride: 8,
    rates: [12, 24, 36],
    dropout: 0.5,
  },
  // light and quick are no paper's (README, deviations).
  light: {
    scaleRange: [0.5, 2],
    decoderWidth: 64,
    steps: 2000,
    batch: 4,
    microBatch: 4,
    learningRate: 1e-4,
    validations: 20,
    crf: 'none',
  },
  quick: {
    crop: 128,
    width: 64,
    decoderWidth: 64,
    longestSide: 160,
    scaleRange: [0.5, 2],
    steps: 300,
    batch: 4,
    microBatch: 4,
    scales: [1],
    crf: 'none',
  },
  'truth-only': { truth: 'only' },
}
