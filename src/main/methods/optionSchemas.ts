import { resolve } from 'node:path'
import { z } from 'zod'

/** Options that several methods have: their bounds alone. Default, reason and unit stay with each method. */

/** A file; absolute from now on, so that a run that is resumed elsewhere still finds it. */
export const file = z.string().transform(file => resolve(file))
/** Side of an input, pixels. */
export const sidePixels = z.number().int().min(32).max(4096)
/** Side of a training crop, pixels. */
export const cropPixels = z.number().int().min(64).max(2048)
/** From and to: what the longest side of a training photo is drawn from, pixels. */
export const longestSideRange = z.tuple([z.number().int().min(32), z.number().int().max(8192)])
/** Factors of the input's size, each once. */
export const scales = z
  .array(z.number().min(0.1).max(8))
  .min(1)
  .max(8)
  .refine(factors => new Set(factors).size === factors.length, 'each scale may stand once')

/** Passes over the photos. */
export const epochs = z.number().int().min(1).max(1000)
/** Photos a step, or on the device at once. */
export const photosAtOnce = z.number().int().min(1).max(1024)
export const learningRate = z.number().positive().max(100)
/** How many times as fast something learns. */
export const rateFactor = z.number().positive().max(1000)
export const weightDecay = z.number().min(0).max(1)
export const momentum = z.number().min(0).max(0.999)
/** Exponent of the polynomial schedule. */
export const polyPower = z.number().positive().max(10)
export const checkpointSeconds = z.number().min(1).max(86_400)
/** Samples that an image bank adds to a batch. */
export const bankDraws = z.number().int().min(0).max(256)
