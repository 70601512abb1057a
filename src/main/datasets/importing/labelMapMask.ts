import { VOID } from '../../../shared/raster/palette'
import { decodeLabelPng } from '../../media/labelPng'
import type { DrawnMask } from './defineFormat'
import { isBackground, isVoid, type LabelMapLine } from './labelMap'

interface MeaningOfPixels {
  readonly lines: readonly LabelMapLine[]
  /** The classes by value, from 1, that the mask is drawn in; a line of another name is void. */
  readonly names: readonly string[]
  /** What pictures of one channel call the first line. */
  readonly firstValue: 0 | 1
}

/** A picture by its label map: three channels hold the colours of its lines, one holds their places. */
export function labelMapMask(
  name: string,
  bytes: () => Promise<Uint8Array>,
  { lines, names, firstValue }: MeaningOfPixels,
): DrawnMask {
  const values = lines.map(line =>
    isBackground(line) ? 0 : !isVoid(line) && names.includes(line.name) ? names.indexOf(line.name) + 1 : VOID,
  )
  const byPlace = firstValue === 0 ? values : [0, ...values]
  const places = new Map(
    lines.flatMap(({ colour }, line) => (colour === null ? [] : [[colour, line + firstValue] as const])),
  )
  return {
    name,
    size: null,
    draw: async () => {
      const map = decodeLabelPng(await bytes(), name, places)
      return { ...map, labels: map.labels.map(place => byPlace[place] ?? VOID) }
    },
  }
}
