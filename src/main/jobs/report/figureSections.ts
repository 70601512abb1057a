import type { StoredEvaluation } from '../../../shared/contract/evaluation'
import { tailParts, type TailPart } from '../../../shared/metrics/longTail'
import { html, type Html } from './html'
import { reportTable, type ReportCell, type ReportRow } from './reportTable'
import type { RunReport } from './runReport'

const partNames = { head: 'Many', mid: 'Medium', tail: 'Few' } as const satisfies Record<TailPart, string>

/** Percent with one decimal; – where nothing defines it. */
function percentOf(share: number | null): string {
  return share === null ? '–' : (100 * share).toFixed(1)
}

/** The mean IoU of every step with figures, as the first thing that is read. */
export function figureCards({ evaluations }: RunReport): Html {
  if (evaluations.length === 0) return html``
  return html`<ul class="cards">
    ${evaluations.map(({ step, scores }) => html`<li><b>${percentOf(scores.meanIou.value)} %</b>mIoU of ${step}</li>`)}
  </ul>`
}

/** IoU of every class and part of the long tail, the steps side by side; then each step's other figures. */
export function figureSection(report: RunReport): Html {
  const { evaluations, dataset } = report
  if (evaluations.length === 0) {
    const why =
      dataset.withTruth === 0
        ? 'No photo has ground truth to measure against.'
        : 'Nothing was measured yet: run `maskwright evaluate`.'
    return html`<section>
      <h2>Figures</h2>
      <p>${why}</p>
    </section>`
  }
  return html`<section>
    <h2>Figures</h2>
    ${evaluations.map(originOf)} ${iouTable(report)}
    <div class="columns">${evaluations.map(rateTable)}</div>
  </section>`
}

/** What a figure was measured on: without it, two figures cannot be compared. */
function originOf({
  step,
  images,
  split,
  summary,
  editedMasks,
  withoutTruth,
  withoutMask,
  truthHash,
}: StoredEvaluation): Html {
  const { threshold, chosenOn } = summary
  const flatters = chosenOn === 'truth' ? ', chosen on the ground truth of these very photos, which flatters it' : ''
  const parts = [
    `${images} photos of split ${split}`,
    ...(typeof threshold === 'number' ? [`threshold ${threshold.toFixed(2)}${flatters}`] : []),
    ...(editedMasks > 0 ? [`${percentOf(editedMasks)} % of the masks corrected by hand`] : []),
    ...(withoutTruth > 0 ? [`${withoutTruth} photos without ground truth left out`] : []),
    ...(withoutMask.length > 0 ? [`${withoutMask.length} photos without a mask left out`] : []),
    `truth ${truthHash.slice(0, 12)}`,
  ]
  return html`<p><b>${step}</b>: ${parts.join(' · ')}</p>`
}

function iouTable({ evaluations, dataset }: RunReport): Html {
  const names = evaluations[0]!.classes
  const parts = tailParts(dataset.labelled)
  const columns = [
    { title: 'class' },
    { title: 'photos', number: true },
    { title: 'part' },
    ...evaluations.map(({ step }) => ({ title: step, number: true })),
  ]
  const classes = names.map((name, label): ReportRow => {
    const photos = label === 0 ? dataset.photos : dataset.labelled[label - 1]
    const part = label === 0 ? '' : partNames[parts[label - 1] ?? 'head']
    return { cells: [name, String(photos ?? 0), part, ...markBest(evaluations.map(made => iouOf(made, label)))] }
  })
  const means = (['head', 'mid', 'tail'] as const).map((part): ReportRow => {
    const places = parts.flatMap((each, place) => (each === part ? [place] : []))
    const values = evaluations.map(made => meanOf(places.map(place => iouOf(made, place + 1))))
    return {
      cells: [`mean of ${partNames[part]}`, '', `${places.length} classes`, ...markBest(values)],
      isMean: true,
    }
  })
  const total = {
    cells: ['mean of all', '', '', ...markBest(evaluations.map(({ scores }) => scores.meanIou.value))],
    isMean: true,
  }
  return html`<h3>IoU of each class</h3>
    ${reportTable('IoU in percent; Many, Medium and Few are thirds of the classes by their photos, background left out', columns, [...classes, ...means, total])}`
}

function iouOf({ scores }: StoredEvaluation, label: number): number | null {
  return scores.perClass[label]?.iou ?? null
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** The largest of a row stands out where there is something to choose from. */
function markBest(values: readonly (number | null)[]): ReportCell[] {
  const best = values.reduce<number>((most, value) => Math.max(most, value ?? -1), -1)
  const isChoice = values.length > 1
  return values.map(value => ({
    text: percentOf(value),
    ...(isChoice && value === best ? { mark: 'best' as const } : {}),
  }))
}

function rateTable({ step, classes, scores, rules }: StoredEvaluation): Html {
  const titles = ['IoU', 'precision', 'recall', 'FP', 'FN']
  const rows = scores.perClass.map(({ iou, precision, recall, falsePositive, falseNegative }, label): ReportRow => {
    return { cells: [classes[label] ?? '', ...[iou, precision, recall, falsePositive, falseNegative].map(percentOf)] }
  })
  const { meanIou, precision, recall, falsePositive, falseNegative } = scores
  const means = [meanIou, precision.all, recall.all, falsePositive, falseNegative].map(({ value }) => percentOf(value))
  const what =
    rules.rates === 'union'
      ? 'FP and FN are shares of truth and mask together'
      : 'FP and FN are shares of the pixels that are right'
  return html`<div>
    <h3>${step}</h3>
    ${reportTable(
      `Percent; ${what}`,
      [{ title: 'class' }, ...titles.map(title => ({ title, number: true }))],
      [...rows, { cells: ['mean', ...means], isMean: true }],
    )}
  </div>`
}
