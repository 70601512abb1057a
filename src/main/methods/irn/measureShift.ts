import { sizeWithLongestSide } from '../../../shared/raster/size'
import type { MethodContext } from '../context'
import type { IrNetwork } from './irNetwork'
import type { IrnOptions } from './options'

/**
 * The mean displacement over the photos, which the network takes away from then on (jiwoon-ahn/irn step/train_irn.py
 * "Analyzing displacements mean"): of each photo the top left crop, whole batches only.
 */
export async function measureShift(network: IrNetwork, options: IrnOptions, context: MethodContext): Promise<void> {
  const { crop, batch, longestSide } = options
  const { images } = context.dataset
  const measured = images.slice(0, Math.floor(images.length / batch) * batch)
  const total: [number, number] = [0, 0]
  for (const [place, image] of measured.entries()) {
    await context.checkpoint()
    const { width: resizedWidth, height: resizedHeight } = sizeWithLongestSide(image, longestSide)
    const start = { sourceX: 0, sourceY: 0, targetX: 0, targetY: 0 }
    const plan = { resizedWidth, resizedHeight, flip: false, ...start }
    const { data, valid } = await context.pool.run('trainCrop', { path: image.path, plan, crop }, context.signal)
    const mask = new Uint8Array(crop * crop)
    for (let y = valid.y0; y < valid.y1; y++) mask.fill(1, y * crop + valid.x0, y * crop + valid.x1)
    const [dy, dx] = network.meanDisplacement({ pixels: data, mask, count: 1, side: crop })
    total[0] += dy / measured.length
    total[1] += dx / measured.length
    context.progress({ done: place + 1, total: measured.length, unit: 'photos', stage: 'mean displacement' })
  }
  network.shift = total
}
