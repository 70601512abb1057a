import sharp from 'sharp'
import type { PhotoInfo } from './photoInfo'
import { photoSource, unreadablePhoto } from './photoInfo'
import { checkPhotoFormat, checkPhotoSize } from './photoLimits'

/** A picture that every browser shows, and its media type. */
export interface ViewablePhoto {
  readonly bytes: Uint8Array
  readonly type: 'image/png' | 'image/jpeg'
}

const shownByBrowsers: Readonly<Record<string, string>> = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' }
const SHRUNK_QUALITY = 92

/** The media type to send a photo's own bytes with; undefined where a browser would not show them as we decode them. */
export function typeAsItIs({ format, orientation, width, height }: PhotoInfo, longest: number): string | undefined {
  // Browsers turn JPEGs by their EXIF orientation; of PNG and WebP not all do.
  const turnedAlike = orientation === 1 || format === 'jpeg'
  return turnedAlike && Math.max(width, height) <= longest ? shownByBrowsers[format] : undefined
}

/**
 * A photo turned upright in a format of browsers: lossless at its own size, a JPEG where it is shrunk.
 * @param longest pixels of the longer side at most
 */
export async function viewablePhoto(path: string, longest: number): Promise<ViewablePhoto> {
  try {
    const file = sharp(await photoSource(path), { limitInputPixels: false, failOn: 'error' })
    const header = await file.metadata()
    checkPhotoFormat(path, header.format)
    checkPhotoSize(path, header.autoOrient)
    const upright = file.autoOrient().toColourspace('srgb').removeAlpha()
    if (Math.max(header.autoOrient.width, header.autoOrient.height) <= longest)
      return { bytes: await upright.png({ compressionLevel: 3 }).toBuffer(), type: 'image/png' }
    const shrunk = upright.resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    const bytes = await shrunk.jpeg({ quality: SHRUNK_QUALITY, chromaSubsampling: '4:4:4' }).toBuffer()
    return { bytes, type: 'image/jpeg' }
  } catch (cause) {
    throw unreadablePhoto(path, cause)
  }
}
