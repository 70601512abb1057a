import { WorkbenchError } from '../../../shared/errors'
import { VOID, vocPalette } from '../../../shared/raster/palette'

/** A line of CVAT's `labelmap.txt`: `name:R,G,B:parts:actions`. */
export interface LabelMapLine {
  readonly name: string
  /** Red × 65536 + green × 256 + blue; null where none is given. */
  readonly colour: number | null
}

/** Lines in their order: pictures of one channel hold their places, from 0 (CVAT, format-smask). */
export function parseLabelMap(text: string): readonly LabelMapLine[] {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
  return lines.map(line => {
    const [name = '', colour = ''] = line.split(':')
    if (colour === '') return { name: name.trim(), colour: null }
    const parts = colour.split(',').map(Number)
    if (parts.length !== 3 || parts.some(part => !Number.isInteger(part) || part < 0 || part > 255))
      throw new WorkbenchError('BAD_INPUT', `labelmap.txt: "${line}" has no colour of three numbers 0 … 255.`)
    const [red, green, blue] = parts as [number, number, number]
    return { name: name.trim(), colour: (red << 16) | (green << 8) | blue }
  })
}

/** What datumaro, by which CVAT reads and writes, calls VOC's 255 (datumaro/plugins/data_formats/voc/format.py). */
export const IGNORED = 'ignored'

/** A label whose pixels nobody decided: by name and by VOC's colour of 255, so that no class of that name is lost. */
export function isVoid({ name, colour }: LabelMapLine): boolean {
  const [red, green, blue] = vocPalette().subarray(3 * VOID)
  return name === IGNORED && colour === ((red! << 16) | (green! << 8) | blue!)
}

export function isBackground({ name }: LabelMapLine): boolean {
  return /^_?background_?$/i.test(name)
}
