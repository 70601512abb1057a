import type { EChartsOption } from 'echarts'
import { compareTexts } from '../../texts/compare'
import type { SharedCell } from './confusionShares'

/** With more classes, parts are looked at by zooming. */
const mostNamed = 40

export interface ConfusionChart {
  /** Names by label. */
  readonly classes: readonly string[]
  readonly hits: readonly SharedCell[]
  readonly mistakes: readonly SharedCell[]
  readonly isPicked: (cell: SharedCell) => boolean
  readonly colours: { readonly quiet: string; readonly paper: string; readonly text: string; readonly accent: string }
}

const texts = compareTexts.confusion

/** A confusion as a map: what is right in greys, mistakes in colours, both as parts of the true class. */
export function confusionChart({ classes, hits, mistakes, isPicked, colours }: ConfusionChart): EChartsOption {
  const zooms = classes.length > mostNamed
  return {
    grid: { left: 112, right: 12, top: 84, bottom: 44 },
    ...axesOf(classes, zooms, colours.text),
    // A tooltip of canvas text: names of classes come from strangers.
    tooltip: { renderMode: 'richText', formatter: item => tooltipOf(item, classes) },
    visualMap: {
      type: 'continuous',
      seriesIndex: 1,
      min: 0,
      max: 100 * Math.max(0.01, ...mistakes.map(({ share }) => share)),
      precision: 1,
      orient: 'horizontal',
      left: 112,
      bottom: 4,
      itemHeight: 160,
      itemWidth: 10,
      text: [texts.scale, ''],
      textStyle: { color: colours.text, fontSize: 11 },
      inRange: { color: [colours.paper, '#f0a04b', '#c8322b'] },
    },
    ...(zooms
      ? {
          dataZoom: [
            { type: 'inside', xAxisIndex: 0 },
            { type: 'inside', yAxisIndex: 0 },
          ],
        }
      : {}),
    series: [
      {
        type: 'heatmap',
        data: hits.map(cell => ({
          value: valueOf(cell),
          itemStyle: { color: colours.quiet, opacity: 0.15 + 0.6 * cell.share },
        })),
      },
      {
        type: 'heatmap',
        data: mistakes.map(cell => ({
          value: valueOf(cell),
          ...(isPicked(cell) ? { itemStyle: { borderColor: colours.accent, borderWidth: 2 } } : {}),
        })),
      },
    ],
  }
}

function axesOf(classes: readonly string[], zooms: boolean, color: string): Pick<EChartsOption, 'xAxis' | 'yAxis'> {
  const axis = {
    type: 'category' as const,
    data: [...classes],
    axisLine: { show: false },
    axisTick: { show: false },
    nameTextStyle: { color },
  }
  const label = {
    width: 96,
    overflow: 'truncate' as const,
    fontSize: 11,
    color,
    interval: zooms ? ('auto' as const) : 0,
  }
  return {
    xAxis: {
      ...axis,
      position: 'top',
      name: texts.predicted,
      nameLocation: 'middle',
      nameGap: 66,
      axisLabel: { ...label, width: 60, rotate: 55 },
    },
    yAxis: { ...axis, inverse: true, name: texts.truth, nameLocation: 'start', axisLabel: label },
  }
}

/** Column, row, percent. */
function valueOf({ truth, predicted, share }: SharedCell): number[] {
  return [predicted, truth, 100 * share]
}

function tooltipOf(item: unknown, classes: readonly string[]): string {
  const [predicted = 0, truth = 0, share = 0] = (item as { readonly value: readonly number[] }).value
  return texts.share(share / 100, classes[truth] ?? '', classes[predicted] ?? '')
}
