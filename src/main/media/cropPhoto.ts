import sharp from 'sharp'
import type { Rectangle } from '../../shared/geometry/rectangle'
import { photoSource, unreadablePhoto } from './photoInfo'
import { checkPhotoFormat, checkPhotoSize } from './photoLimits'

/**
 * A part of a photo for people, as WebP: cut out of the photo as it is looked at, then made as large as `longest`.
 * @param box     pixels after EXIF orientation; what lies outside the photo is left out
 * @param longest longest side of the result, pixels
 */
export async function cropPhoto(path: string, box: Rectangle, longest: number): Promise<Uint8Array> {
  try {
    const file = sharp(await photoSource(path), { limitInputPixels: false, failOn: 'error' })
    const { format, autoOrient } = await file.metadata()
    checkPhotoFormat(path, format)
    checkPhotoSize(path, autoOrient)
    const left = Math.min(box.x0, autoOrient.width - 1)
    const top = Math.min(box.y0, autoOrient.height - 1)
    const width = Math.min(box.x1, autoOrient.width) - left
    const height = Math.min(box.y1, autoOrient.height) - top
    const bytes = await file
      .autoOrient()
      .extract({ left, top, width, height })
      .resize({ width: longest, height: longest, fit: 'inside' })
      .webp({ quality: 80, effort: 1 })
      .toBuffer()
    return new Uint8Array(bytes) // memory of its own: only that may be moved to another thread
  } catch (cause) {
    throw unreadablePhoto(path, cause)
  }
}
