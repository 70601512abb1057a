import { GeodesicGrowth } from '../../../../../shared/raster/geodesicGrowth'
import { sweptDisc, sweptSquare } from '../../../../../shared/raster/sweptBrush'
import type { PhotoPixels, ToolContext } from '../tool'
import { brushPlace } from './brushPlace'
import type { PressedKind } from './pressedTool'

/**
 * Grows from a painted seed to the edges of the photo (`GeodesicGrowth`), not into locked labels and, where that is
 * asked for, not into pixels that score too little for the class.
 */
export const growKind: PressedKind = {
  id: 'grow',
  rings: true,
  begin: context => {
    const { photo, scores, settings, document } = context
    const pixels = photo()
    if (!pixels) return 'no-photo'
    const { label, reach, contrast, withinScores } = settings()
    const map = withinScores ? scores(label) : undefined
    if (withinScores && !map) return 'no-scores'
    const ground = { ...document.size, difference: colourDifference(pixels), passes: mayGrowInto(context, map) }
    const growth = new GeodesicGrowth(ground, { reach, contrast })
    return (from, to) => {
      const { brush, pressure } = settings()
      const sweep = brush.shape === 'round' ? sweptDisc : sweptSquare
      growth.add(sweep(brushPlace(from, brush, pressure), brushPlace(to, brush, pressure), document.size))
      return growth.region()
    }
  },
}

/** The largest difference of two pixels' red, green and blue. */
function colourDifference({ data, channels }: PhotoPixels): (from: number, to: number) => number {
  return (from, to) => {
    const [a, b] = [from * channels, to * channels]
    return Math.max(
      Math.abs(data[a]! - data[b]!),
      Math.abs(data[a + 1]! - data[b + 1]!),
      Math.abs(data[a + 2]! - data[b + 2]!),
    )
  }
}

function mayGrowInto({ document, settings }: ToolContext, map: Float32Array | undefined): (pixel: number) => boolean {
  const { labels, locks } = document
  const locked = locks.table
  const least = Math.fround(settings().threshold)
  return pixel => locked[labels[pixel]!] === 0 && (map === undefined || map[pixel]! >= least)
}
