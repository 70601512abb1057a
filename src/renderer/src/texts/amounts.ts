import * as plain from '../../../shared/text/amounts'

/** Amounts as the screen has them: between figure and unit stands a narrow blank, at which no line breaks. */

export { countOf, countText, percentOf } from '../../../shared/text/amounts'

const narrowBlank = '\u202f'
const joined = (text: string) => text.replace(/(?<=\d) /g, narrowBlank)

/** `45.7 %` */
export function percentText(share: number | null, digits?: number): string {
  return joined(plain.percentText(share, digits))
}

/** `820 kB`, `1.4 GB` */
export function bytesText(bytes: number): string {
  return joined(plain.bytesText(bytes))
}

/** `8 s`, `2 min`, `3 h 20 min`. @param ms milliseconds */
export function durationText(ms: number): string {
  return joined(plain.durationText(ms))
}

/** Share of a whole in whole percent, never 100 before it is whole: how far something is. @param share 0 … 1 */
export function wholePercentText(share: number): string {
  return percentText(share >= 1 ? 1 : Math.min(99, Math.floor(share * 100)) / 100, 0)
}
