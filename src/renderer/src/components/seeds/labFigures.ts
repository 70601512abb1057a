import type { SubsetSweep, SubsetSweepRow } from '../../../../shared/contract/thresholdSweep'
import { classColour } from '../../styles/classColour'
import { labTexts } from '../../texts/thresholdLab'
import type { FigureColumn, FigureRow } from '../tables/figureTable'

/** A line of the chart: 101 values of 0 … 1 at the thresholds .00 … 1.00. */
export interface LabCurve {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** A class's colour; the others take the theme's. */
  readonly colour: string | undefined
  readonly strong: boolean
}

/** Row of the threshold nearest to `threshold`: the curves have one each 0.01. */
export function rowAt(threshold: number): number {
  return Math.min(100, Math.max(0, Math.round(threshold * 100)))
}

/** Index of the lowest threshold of the largest value; undefined where there is none. */
export function bestRow(values: readonly (number | null)[]): number | undefined {
  let best: number | undefined
  values.forEach((value, index) => {
    if (value !== null && (best === undefined || value > values[best]!)) best = index
  })
  return best
}

export function meanIouOf({ curve }: Pick<SubsetSweep, 'curve'>): readonly (number | null)[] {
  return curve.map(({ meanIou }) => meanIou)
}

/** mIoU and the IoU of some classes. @param places of classes, from 0 */
export function iouCurves(sweep: SubsetSweep, places: readonly number[]): LabCurve[] {
  const ofClass = (place: number): LabCurve => ({
    name: sweep.classes[place + 1]!,
    values: sweep.curve.map(({ iou }) => iou[place + 1] ?? null),
    colour: classColour(place),
    strong: false,
  })
  const known = places.filter(place => place + 1 < sweep.classes.length)
  return [...known.map(ofClass), { name: labTexts.meanIou, values: meanIouOf(sweep), colour: undefined, strong: true }]
}

/** What can be said without truth. */
export function proxyCurves({ proxies }: SubsetSweep): LabCurve[] {
  return (['coverage', 'margin', 'labelled', 'unlabelled'] as const).map(key => ({
    name: labTexts[key],
    values: proxies.map(point => point[key]),
    colour: undefined,
    strong: key === 'coverage',
  }))
}

const { columns: titles } = labTexts
const share = { format: 'share', width: 64 } as const
const chosen = { group: labTexts.atChosen }

export const figureColumns: readonly FigureColumn[] = [
  { key: 'best', ...titles.best, format: 'times', width: 60 },
  { key: 'bestIou', ...titles.bestIou, ...share, width: 72 },
  { key: 'iou', ...titles.iou, ...share, ...chosen },
  { key: 'falsePositive', ...titles.falsePositive, ...share, ...chosen },
  { key: 'falseNegative', ...titles.falseNegative, ...share, ...chosen },
]
export const proxyColumns: readonly FigureColumn[] = [{ key: 'area', ...titles.area, ...share, width: 80 }]

/** Rows of the classes, background first, and of the mean. Keys are places; −1 the background. */
export function figureRows(
  sweep: SubsetSweep,
  threshold: number,
): { readonly rows: readonly FigureRow[]; readonly mean: FigureRow } {
  const now = sweep.curve[rowAt(threshold)]!
  const rows = sweep.classes.map((name, label): FigureRow => {
    const values = sweep.curve.map(({ iou }) => iou[label] ?? null)
    return {
      key: String(label - 1),
      name,
      ...(label === 0 ? {} : { colour: classColour(label - 1) }),
      values: { ...bestOf(values), ...labelFigures(now, label) },
    }
  })
  const mean = { ...bestOf(meanIouOf(sweep)), iou: now.meanIou, falsePositive: now.falsePositive, falseNegative: now.falseNegative } // prettier-ignore
  return { rows, mean: { key: 'mean', name: labTexts.meanIou, values: mean } }
}

export function areaRows({ proxies, classes }: SubsetSweep, threshold: number): readonly FigureRow[] {
  const { area } = proxies[rowAt(threshold)]!
  return area.map((value, place) => ({
    key: String(place),
    name: classes[place + 1]!,
    colour: classColour(place),
    values: { area: value },
  }))
}

function bestOf(values: readonly (number | null)[]) {
  const best = bestRow(values)
  return { best: best === undefined ? null : best / 100, bestIou: best === undefined ? null : values[best]! }
}

function labelFigures({ iou, falsePositives, falseNegatives }: SubsetSweepRow, label: number) {
  return {
    iou: iou[label] ?? null,
    falsePositive: falsePositives[label] ?? null,
    falseNegative: falseNegatives[label] ?? null,
  }
}
