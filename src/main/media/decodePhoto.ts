import sharp from 'sharp'
import type { RgbImage } from '../../shared/raster/size'
import { photoSource, unreadablePhoto } from './photoInfo'
import { checkPhotoFormat, checkPhotoSize } from './photoLimits'

/**
 * A photo's pixels as Pillow's `ImageOps.exif_transpose(image).convert('RGB')` gives them, which is what the backbones
 * were trained on: turned by its EXIF orientation, grey spread over three channels, alpha dropped, colour profiles
 * left unapplied. CMYK is converted through a press profile, where Pillow only inverts and multiplies.
 */
export async function decodePhoto(path: string): Promise<RgbImage> {
  try {
    const file = sharp(await photoSource(path), { limitInputPixels: false, failOn: 'error', ignoreIcc: true })
    const header = await file.metadata()
    checkPhotoFormat(path, header.format)
    checkPhotoSize(path, header.autoOrient)
    const { data, info } = await file
      .autoOrient()
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    // A copy in memory of its own: only that may be transferred to another thread.
    return { data: new Uint8Array(data), width: info.width, height: info.height }
  } catch (cause) {
    throw unreadablePhoto(path, cause)
  }
}
