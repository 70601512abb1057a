import { resolve } from 'node:path'
import { z } from 'zod'
import { backboneNames } from '../../backbones/catalogue'

/** A file that a run resumed elsewhere still finds. */
const file = z.string().transform(path => resolve(path))

/** Every knob of the segmentation network. The defaults are the CPU's; presets carry the papers'. */
export const deeplabOptions = z.object({
  ...network(),
  ...data(),
  ...learning(),
  ...prediction(),
})
export type DeeplabOptions = z.output<typeof deeplabOptions>

function network() {
  return {
    head: z
      .enum(['deeplabv3plus', 'deeplabv3', 'deeplabv2'])
      .default('deeplabv3plus')
      .describe(
        'deeplabv3plus: an atrous pyramid, then a decoder at a quarter of the resolution. deeplabv3: the pyramid alone, as torchvision has it. deeplabv2: the sum of dilated convolutions that weakly supervised papers report on.',
      )
      .meta({ main: true }),
    backbone: z
      .enum(backboneNames)
      .default('efficientnet-lite0')
      .describe('Network below the head. Lite0 trains on a CPU; the papers use resnet50 and resnet101.')
      .meta({ main: true }),
    weights: file
      .optional()
      .describe(
        'File of the published ImageNet weights (.pth or .safetensors), where the set-up did not install them.',
      ),
    start: file
      .optional()
      .describe('A checkpoint of this method, with the same classes and head, to go on from instead of ImageNet.'),
    stride: z
      .union([z.literal(8), z.literal(16), z.literal(32)])
      .default(16)
      .describe('Pixels that a step of the last features spans; 8 is finer and takes three times as long as 16.'),
    frozenStages: z
      .number()
      .int()
      .min(0)
      .max(5)
      .default(0)
      .describe('So many of the backbone’s five stages stay as published; 5 trains the head alone.')
      .meta({ main: true }),
    norm: z
      .enum(['fixed', 'frozen', 'batch'])
      .default('fixed')
      .describe(
        'Batch norms of the backbone. fixed: published statistics, γ and β trained. frozen: γ and β stay too (DeepLabV2). batch: statistics of the batch, for 8 photos at once or more.',
      ),
    width: z.number().int().min(8).max(2048).default(128).describe('Channels of the pyramid; the papers’ is 256.'),
    rates: z
      .array(z.number().int().min(1).max(64))
      .min(1)
      .max(6)
      .default([6, 12, 18])
      .describe('Dilations of the pyramid at stride 16; at stride 8 the papers double them.'),
    separable: z
      .boolean()
      .default(true)
      .describe(
        'Dilated and decoder convolutions as depthwise and pointwise: an eighth of the work (DeepLabV3+ §3.2).',
      ),
    lowChannels: z
      .number()
      .int()
      .min(4)
      .max(256)
      .default(32)
      .describe('deeplabv3plus: channels kept of the fine features; the paper’s is 48.'),
    decoderWidth: z
      .number()
      .int()
      .min(8)
      .max(1024)
      .default(128)
      .describe('Channels of the convolutions after the pyramid; the papers’ is 256.'),
    decoderConvolutions: z
      .number()
      .int()
      .min(1)
      .max(3)
      .default(2)
      .describe('deeplabv3plus: 3×3 convolutions of the decoder; the paper has 2, VainF’s code 1.'),
    dropout: z.number().min(0).max(0.9).default(0.1).describe('Share dropped after the pyramid; torchvision’s is 0.5.'),
  }
}

function data() {
  return {
    truth: z
      .enum(['ignore', 'prefer', 'only'])
      .default('ignore')
      .describe(
        'ignore: trains on the label maps that the recipe gives. prefer: on ground truth where a photo has some. only: on nothing else, for a figure of full supervision.',
      )
      .meta({ main: true }),
    heldOut: z
      .number()
      .min(0)
      .max(0.9)
      .default(0)
      .describe(
        'Share of the photos, chosen by the hash of their bytes, that is kept out of training and predicted all the same.',
      )
      .meta({ main: true }),
    longestSide: z
      .number()
      .int()
      .min(32)
      .max(4096)
      .nullable()
      .default(320)
      .describe('Longest side of a photo at scale 1, while training and while predicting; null: as it is.')
      .meta({ main: true, unit: 'px' }),
    crop: z
      .number()
      .int()
      .min(32)
      .max(2048)
      .default(256)
      .describe('Side of the square crop that is trained on.')
      .meta({ unit: 'px' }),
    scaleRange: z
      .tuple([z.number().min(0.1).max(8), z.number().min(0.1).max(8)])
      .refine(([smallest, largest]) => smallest <= largest, 'the first factor is the smaller one')
      .default([0.5, 1.5])
      .describe('A photo is resized by a factor drawn from this range before it is cropped.'),
    scaleStep: z
      .number()
      .min(0)
      .max(4)
      .default(0)
      .describe('The factor is a multiple of this beyond the smallest (DeepLabV2: 0.25); 0: any.'),
  }
}

function learning() {
  return {
    epochs: z.number().int().min(1).max(1000).default(24).describe('Passes over the photos.').meta({ main: true }),
    steps: z
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .nullable()
      .default(null)
      .describe('Optimizer steps, as the papers count; null: as many as the epochs make.'),
    batch: z.number().int().min(1).max(1024).default(8).describe('Photos a step.'),
    microBatch: z
      .number()
      .int()
      .min(1)
      .max(1024)
      .default(8)
      .describe('Photos on the device at once; gradients accumulate to the batch, batch norms see these alone.'),
    optimizer: z.enum(['sgd', 'adamw']).default('adamw').describe('How weights move; DeepLab’s papers use sgd.'),
    learningRate: z
      .number()
      .positive()
      .max(100)
      .default(2e-4)
      .describe('Of the backbone, at the first step; falls to 0 by (1 − t/T)^polyPower.'),
    headLearningRateFactor: z.number().positive().max(1000).default(10).describe('The head learns this much faster.'),
    biasDoubled: z
      .boolean()
      .default(false)
      .describe('Biases of the head learn at twice its rate, without decay (DeepLabV2).'),
    decay: z.number().min(0).max(1).default(1e-4).describe('Weight decay.'),
    momentum: z.number().min(0).max(0.999).default(0.9).describe('sgd: of the gradients.'),
    polyPower: z.number().positive().max(10).default(0.9).describe('Exponent of the learning rate’s schedule.'),
    multiScaleLoss: z
      .boolean()
      .default(false)
      .describe(
        'A loss at scales 1, 0.75 and 0.5 and at the largest of the three a pixel (DeepLabV2); 1.8 times the work.',
      ),
    checkpointSeconds: z
      .number()
      .min(1)
      .max(86_400)
      .default(300)
      .describe('A checkpoint is written this often, and at every validation.')
      .meta({ unit: 's' }),
    validations: z
      .number()
      .int()
      .min(0)
      .max(100)
      .default(4)
      .describe('So often while it trains, mIoU is measured on the held-out photos that have ground truth.'),
  }
}

function prediction() {
  return {
    scales: z
      .array(z.number().min(0.1).max(4))
      .min(1)
      .max(8)
      .default([0.75, 1, 1.25])
      .describe('A photo is predicted at these factors of its size; the logits are merged.'),
    mirrored: z.boolean().default(true).describe('Each scale also mirrored, the mean of both.'),
    merge: z
      .enum(['mean', 'max'])
      .default('mean')
      .describe('Logits of the scales: their mean, or the largest a class (DeepLabV2’s own test).'),
    window: z
      .enum(['whole', 'sliding'])
      .default('whole')
      .describe('whole: a scale in one piece. sliding: in windows of the crop’s size that overlap by a third.'),
    knownLabels: z
      .boolean()
      .default(false)
      .describe(
        'A photo gets only classes that its labels name. Better masks of labelled photos; no measure of what the network knows.',
      )
      .meta({ main: true }),
  }
}
