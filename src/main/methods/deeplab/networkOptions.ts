import { z } from 'zod'
import { backboneNames } from '../../backbones/catalogue'
import * as schemas from '../optionSchemas'

/** What the network is. */
export const networkOptions = {
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
  weights: schemas.file
    .optional()
    .describe('File of the published ImageNet weights (.pth or .safetensors), where the set-up did not install them.'),
  start: schemas.file
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
    .describe('Dilated and decoder convolutions as depthwise and pointwise: an eighth of the work (DeepLabV3+ §3.2).'),
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
