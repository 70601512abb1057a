import { filterRegion } from '../../../../../shared/raster/region'
import type { BrushChoice, BrushKind } from './brushTool'

/** Only pixels that the class's map scores at least `threshold`; seen before the press. */
const scoredAtLeast: BrushChoice = ({ scores, settings, document }) => {
  const map = scores(settings().label)
  if (!map) return 'no-scores'
  const { width } = document.size
  return region => {
    const least = Math.fround(settings().threshold) // as the maps round it: a score of just the threshold is painted
    return filterRegion(region, (x, y) => map[y * width + x]! >= least)
  }
}

/** Only pixels with the label that the stroke began on: a class is replaced where the brush goes, its neighbours stay. */
const labelPressed: BrushChoice = ({ document }, { point }) => {
  const replaced = document.labelAt(point[0], point[1])
  if (replaced === undefined) return 'outside'
  const { labels, size } = document
  return region => filterRegion(region, (x, y) => labels[y * size.width + x] === replaced)
}

const activeLabel: BrushKind['label'] = ({ settings }) => settings().label
const mainBrush: BrushKind['brush'] = ({ settings }) => settings().brush

/** The tools that paint with a brush. */
export const brushKinds = {
  brush: { id: 'brush', brush: mainBrush, label: activeLabel },
  eraser: { id: 'eraser', brush: ({ settings }) => settings().eraser, label: () => 0 },
  'void-brush': { id: 'void-brush', brush: mainBrush, label: ({ document }) => document.voidLabel },
  'threshold-paint': {
    id: 'threshold-paint',
    brush: mainBrush,
    label: activeLabel,
    among: scoredAtLeast,
    previews: true,
  },
  replace: { id: 'replace', brush: mainBrush, label: activeLabel, among: labelPressed, previews: true },
} as const satisfies Readonly<Record<string, BrushKind>>
