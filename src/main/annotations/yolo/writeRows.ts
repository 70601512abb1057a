import type { RegionOutline } from '../../../shared/raster/contours'
import type { Size } from '../../../shared/raster/size'
import { bridgeRings } from './bridgeRings'

/** Enough to tell corners of pixels apart in a photo of 30,000. */
const DECIMALS = 6

/** An object as lines round it and round its holes. */
export interface OutlinedObject extends RegionOutline {
  /** 1 … C */
  readonly label: number
}

/**
 * A row an object: its class from 0, then its corners in shares of the photo.
 * @param bridge whether holes are reached by a line of no width; else they are left out
 */
export function writeRows(objects: readonly OutlinedObject[], { width, height }: Size, bridge: boolean): string {
  const [across, down] = [new ShareTexts(width), new ShareTexts(height)]
  const rows = objects.map(({ label, outer, holes }) => {
    const line = bridgeRings(bridge ? [...outer, ...holes] : outer)
    let row = String(label - 1)
    for (let i = 0; i < line.length; i += 2) row += ` ${across.of(line[i]!)} ${down.of(line[i + 1]!)}`
    return `${row}\n`
  })
  return rows.join('')
}

/** Corners lie on whole pixels: a side has few different shares, and thousands of corners use them. */
class ShareTexts {
  readonly #side: number
  readonly #texts: string[] = []

  constructor(side: number) {
    this.#side = side
  }

  of(at: number): string {
    return (this.#texts[at] ??= String(Number((at / this.#side).toFixed(DECIMALS))))
  }
}
