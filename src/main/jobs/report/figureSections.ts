import type { StoredEvaluation } from '../../../shared/contract/evaluation'
import { truthNames } from '../../../shared/metrics/comparability'
import { countOf, percentOf, percentText } from '../../../shared/text/amounts'
import {
  frequencyGroups,
  groupsByFrequency,
  meansByGroup,
  type FrequencyGroup,
} from '../../../shared/metrics/frequencyGroups'
import { originLines } from '../../../shared/metrics/originLines'
import { html, type Html } from './html'
import { reportTable, type ReportCell, type ReportRow } from './reportTable'
import type { RunReport } from './runReport'

const groupNames = { many: 'Many', medium: 'Medium', few: 'Few' } as const satisfies Record<FrequencyGroup, string>

/** The mean IoU of every step with figures, as the first thing that is read. */
export function figureCards({ evaluations }: RunReport): Html {
  if (evaluations.length === 0) return html``
  return html`<ul class="cards">
    ${evaluations.map(made => html`<li><b>${percentText(made.scores.meanIou.value)}</b>mIoU of ${nameOf(made)}</li>`)}
  </ul>`
}

/** The step, and what a person has to do with its figures: they must not pass for those of the method alone. */
function nameOf({ step, masks, truth }: StoredEvaluation): string {
  const corrected = masks === 'corrected' ? " with a person's masks in their place" : ''
  return `${step}${corrected}${truth === undefined ? '' : ` against ${truthNames[truth.kind]}`}`
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
function originOf(evaluation: StoredEvaluation): Html {
  return html`<p><b>${evaluation.step}</b>: ${originLines(evaluation).join(' · ')}</p>`
}

function iouTable({ evaluations, dataset }: RunReport): Html {
  const names = evaluations[0]!.classes
  const groups = groupsByFrequency(dataset.labelled)
  const columns = [
    { title: 'class' },
    { title: 'photos', number: true },
    { title: 'group' },
    ...evaluations.map(({ step }) => ({ title: step, number: true })),
  ]
  const classes = names.map((name, label): ReportRow => {
    const photos = label === 0 ? dataset.photos : dataset.labelled[label - 1]
    const group = label === 0 ? '' : groupNames[groups[label - 1] ?? 'few']
    return { cells: [name, String(photos ?? 0), group, ...markBest(evaluations.map(made => iouOf(made, label)))] }
  })
  const ofClasses = evaluations.map(({ scores }) => scores.perClass.slice(1).map(({ iou }) => iou))
  const means = frequencyGroups.flatMap((group): ReportRow[] => {
    const count = groups.filter(each => each === group).length
    const values = ofClasses.map(ious => meansByGroup(ious, groups)[group])
    const cells = [`mean of ${groupNames[group]}`, '', countOf(count, 'class', 'classes')]
    return count === 0 ? [] : [{ cells: [...cells, ...withGains(values)], isMean: true }]
  })
  const all = withGains(evaluations.map(({ scores }) => scores.meanIou.value))
  const caption = `IoU in percent; in brackets what a mean gains on the first column’s. ${groupRule(groups)}`
  const rows = [...classes, ...means, { cells: ['mean of all', '', '', ...all], isMean: true }]
  return html`<h3>IoU of each class</h3>
    ${reportTable(caption, columns, rows)}`
}

/** The same class can be Medium here and in the tail where the window compares: both say how they part. */
function groupRule(groups: readonly FrequencyGroup[]): string {
  const [many, medium, few] = frequencyGroups.map(group => groups.filter(each => each === group).length)
  return (
    `Many, Medium and Few, as SFC reports them: by their photos the first ${many}, the next ${medium} and the last ${few} ` +
    'of the classes. Head, mid and tail, in Compare, are thirds.'
  )
}

function iouOf({ scores }: StoredEvaluation, label: number): number | null {
  return scores.perClass[label]?.iou ?? null
}

/** IoU is no function of frequency: only what one column gains on another says what it does for a group. */
function withGains(values: readonly (number | null)[]): string[] {
  const [first = null] = values
  return values.map((value, place) => {
    if (place === 0 || value === null || first === null) return percentOf(value)
    const gain = 100 * (value - first)
    return `${percentOf(value)} (${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(1)})`
  })
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
    return {
      cells: [
        classes[label] ?? '',
        ...[iou, precision, recall, falsePositive, falseNegative].map(share => percentOf(share)),
      ],
    }
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
