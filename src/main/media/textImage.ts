import sharp from 'sharp'
import type { RgbImage, Size } from '../../shared/raster/size'

export interface TextStyle {
  /** Height of the letters in pixels. */
  readonly size: number
  readonly bold: boolean
}

/** One line of dark text on white, cut off at the right. The text is data: nothing in it is read as markup. */
export async function textImage(text: string, { width, height }: Size, style: TextStyle): Promise<RgbImage> {
  const weight = style.bold ? 'bold' : 'normal'
  const baseline = Math.round((height + style.size * 0.7) / 2)
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<text x="2" y="${baseline}" font-family="sans-serif" font-size="${style.size}" font-weight="${weight}" ` +
    `fill="#222">${escapeXml(text)}</text></svg>`
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: new Uint8Array(data), width: info.width, height: info.height }
}

/** Letters that XML gives a meaning are written as numbers; those that it forbids become a replacement character. */
function escapeXml(text: string): string {
  return text
    .replace(/[<>&"']/g, letter => `&#${letter.charCodeAt(0)};`)
    .replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
