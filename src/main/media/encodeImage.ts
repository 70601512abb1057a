import sharp from 'sharp'
import { WorkbenchError } from '../../shared/errors'
import { describeSize, type RgbImage } from '../../shared/raster/size'

export type PictureFormat = 'png' | 'jpeg'

/** JPEG stores a side in 16 bits, of which libjpeg leaves a few unused. */
const LARGEST_JPEG_SIDE = 65_500
const JPEG_QUALITY = 90

/** A picture for people: contact sheets and previews. Label maps go through labelPng instead, which keeps indices. */
export async function encodeImage(image: RgbImage, format: PictureFormat): Promise<Uint8Array> {
  const { data, width, height } = image
  const picture = sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
  if (format === 'png') return picture.png().toBuffer()
  if (Math.max(width, height) > LARGEST_JPEG_SIDE)
    throw new WorkbenchError(
      'UNSUPPORTED',
      `A JPEG's sides end at ${LARGEST_JPEG_SIDE} pixels and this picture is ${describeSize(image)}: choose PNG or fewer photos.`,
    )
  return picture.jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' }).toBuffer()
}
