import { WorkbenchError } from '../../../shared/errors'
import { VOID, vocPalette } from '../../../shared/raster/palette'

/** A line of a file that says what the pixels of masks mean. */
export interface LabelMapLine {
  readonly name: string
  /** Red × 65536 + green × 256 + blue; null where none is given. */
  readonly colour: number | null
}

/** CVAT's `name:R,G,B:parts:actions`, also without what stands behind the colour. */
const CVAT_LINE = /^([^:]*):([^:]*):[^:]*:|^([^:]*):(\d+,\d+,\d+)$/
/** `name,r,g,b` of a table, with commas, semicolons, tabs or spaces. */
const NAME_FIRST = /^(.*[^\s,;])[\s,;]+(\d+)[\s,;]+(\d+)[\s,;]+(\d+)$/
/** `r g b name` of CamVid's `label_colors.txt`. */
const COLOUR_FIRST = /^(\d+)[\s,;]+(\d+)[\s,;]+(\d+)[\s,;]+(\S.*)$/
/** Above a table: `name,r,g,b`. */
const TITLES = /^\W*(name|class|label)\w*\W+r(ed)?\W+g(reen)?\W+b(lue)?\W*$/i

/**
 * Lines in their order, a name each, with its colour where the file gives any.
 * @param file what sentences call it
 */
export function parseLabelMap(text: string, file: string): readonly LabelMapLine[] {
  return text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#') && !TITLES.test(line))
    .map(line => lineOf(line, file))
}

function lineOf(line: string, file: string): LabelMapLine {
  const [isCvat, name = '', colour = '', short = '', shortColour = ''] = CVAT_LINE.exec(line) ?? []
  if (isCvat !== undefined) {
    const parts = colour + shortColour
    return { name: (name + short).trim(), colour: parts === '' ? null : colourOf(parts.split(','), line, file) }
  }
  const [, first, ...colourBehind] = NAME_FIRST.exec(line) ?? []
  if (first !== undefined) return { name: first.trim(), colour: colourOf(colourBehind, line, file) }
  const [, red, green, blue, last] = COLOUR_FIRST.exec(line) ?? []
  if (last !== undefined) return { name: last, colour: colourOf([red!, green!, blue!], line, file) }
  return { name: line, colour: null }
}

function colourOf(texts: readonly string[], line: string, file: string): number {
  const parts = texts.map(Number)
  if (parts.length !== 3 || parts.some(part => !Number.isInteger(part) || part < 0 || part > 255))
    throw new WorkbenchError('BAD_INPUT', `${file}: "${line}" has no colour of three numbers 0 … 255.`)
  const [red, green, blue] = parts as [number, number, number]
  return (red << 16) | (green << 8) | blue
}

/** What datumaro, by which CVAT reads and writes, calls VOC's 255 (datumaro/plugins/data_formats/voc/format.py). */
export const IGNORED = 'ignored'

/**
 * A label whose pixels nobody decided: CVAT's by name and by VOC's colour of 255, so that no class of that name is
 * lost; labelme's by its name alone.
 */
export function isVoid({ name, colour }: LabelMapLine): boolean {
  const [red, green, blue] = vocPalette().subarray(3 * VOID)
  return name === '__ignore__' || (name === IGNORED && colour === ((red! << 16) | (green! << 8) | blue!))
}

export function isBackground({ name }: LabelMapLine): boolean {
  return /^_?background_?$/i.test(name)
}
