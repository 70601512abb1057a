import sharp from 'sharp'
import { photoSource, unreadablePhoto } from './photoInfo'
import { checkPhotoFormat, checkPhotoSize } from './photoLimits'

/** Quality and effort at which a photo of 256 pixels takes some 10 kB and 2 ms: thumbnails are looked at, not measured. */
const webp = { quality: 78, effort: 1 } as const

/**
 * A small picture of a photo for people, as WebP: turned by its EXIF orientation, its colour profile applied, never
 * larger than the photo. JPEGs are decoded at an eighth to a half of their size where that is enough.
 * @param side longest side, pixels
 */
export async function thumbnail(path: string, side: number): Promise<Uint8Array> {
  try {
    const file = sharp(await photoSource(path), { limitInputPixels: false, failOn: 'error' })
    const header = await file.metadata()
    checkPhotoFormat(path, header.format)
    checkPhotoSize(path, header.autoOrient)
    const bytes = await file
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp(webp)
      .toBuffer()
    return new Uint8Array(bytes) // memory of its own: only that may be moved to another thread
  } catch (cause) {
    throw unreadablePhoto(path, cause)
  }
}
