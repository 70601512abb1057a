import { type Size, sizeWithLongestSide } from '../../../shared/raster/size'
import { readable } from '../../pool/readable'
import { scorePaths } from '../../pool/scoredPhotos'
import type { MethodContext } from '../context'
import { maskOf } from './batches'
import type { IrNetwork } from './irNetwork'
import type { IrnOptions } from './options'

/**
 * The mean displacement over the photos that have scores, which the network takes away from then on (jiwoon-ahn/irn
 * step/train_irn.py "Analyzing displacements mean"): of each the top left crop; whole batches only, where there is one.
 * A photo that cannot be read is passed over: `seePhotos` names it.
 */
export async function measureShift(network: IrNetwork, options: IrnOptions, context: MethodContext): Promise<void> {
  const { crop, batch, longestSide } = options
  const scores = scorePaths(context.inputs.scores!.artifacts, context.blobFolder)
  const scored = context.dataset.images.filter(({ id }) => scores.has(id))
  const photos = scored.slice(0, Math.floor(scored.length / batch) * batch || scored.length)
  const ways: (readonly [dy: number, dx: number])[] = []
  for (const [place, image] of photos.entries()) {
    await context.checkpoint()
    const plan = topLeft(sizeWithLongestSide(image, longestSide))
    const cutting = context.pool.run('trainCrop', { path: image.path, plan, crop }, context.signal)
    const { value: cut } = await readable(cutting, context.signal)
    if (cut !== undefined)
      ways.push(network.meanDisplacement({ pixels: cut.data, mask: maskOf(cut.valid, crop), count: 1, side: crop }))
    context.progress({ done: place + 1, total: photos.length, unit: 'photos', stage: 'mean displacement' })
  }
  const mean = (axis: 0 | 1) => ways.reduce((sum, way) => sum + way[axis] / ways.length, 0)
  network.shift = [mean(0), mean(1)]
}

function topLeft({ width: resizedWidth, height: resizedHeight }: Size) {
  return { resizedWidth, resizedHeight, flip: false, sourceX: 0, sourceY: 0, targetX: 0, targetY: 0 }
}
