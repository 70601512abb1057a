import { longestSuperpixelSide } from '../../../shared/contract/superpixels'
import { superpixels as slic, type Superpixels, type SuperpixelSettings } from '../../../shared/raster/superpixels'
import { decodePhoto } from '../../media/decodePhoto'
import type { StopCheck } from '../stopFlag'
import { shrunkTo } from './shrunkTo'

export interface SuperpixelsInput {
  readonly path: string
  /** `spacing` in pixels of the photo as it is, however small it is cut. */
  readonly settings: SuperpixelSettings
}

/** A photo's superpixels, at its own size or at most at `longestSuperpixelSide`. */
export async function superpixels({ path, settings }: SuperpixelsInput, stop: StopCheck): Promise<Superpixels> {
  const photo = await decodePhoto(path)
  const small = shrunkTo(photo, longestSuperpixelSide)
  const spacing = Math.max(2, settings.spacing * (small.width / photo.width))
  return slic(small, { ...settings, spacing }, stop)
}
