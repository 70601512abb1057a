/** @typedef {{ iou: number | null, precision: number | null, recall: number | null, falsePositive: number | null, falseNegative: number | null }} ClassScores */
/** @typedef {{ step: string, classes: string[], images: number, summary: { threshold?: number }, scores: { perClass: ClassScores[], meanIou: { value: number | null } } }} Evaluation */

const measures = /** @type {const} */ (['iou', 'precision', 'recall', 'falsePositive', 'falseNegative'])
const titles = ['IoU', 'prec', 'rec', 'FP', 'FN']
const cell = 6
const block = cell * titles.length

/**
 * Two evaluations of the same photos side by side, a row a class, in percent, with the gain in IoU at the end.
 *
 * @param {readonly Evaluation[]} evaluations CAM's, then LPCAM's
 */
export function comparison(evaluations) {
  const [before, after] = evaluations
  if (!before || !after) throw new Error('a comparison needs two evaluations')
  const wide = Math.max(...before.classes.map(name => name.length), 'background'.length) + 2
  const head = [
    ' '.repeat(wide) + ['CAM', 'LPCAM'].map(name => `  ${name}`.padEnd(block + 3)).join('') + ' gain',
    'class'.padEnd(wide) +
      evaluations.map(() => titles.map(title => title.padStart(cell)).join('') + '   ').join('') +
      '  IoU',
  ]
  const lines = before.classes.map((name, index) => {
    const cells = evaluations.map(({ scores }) => row(scores.perClass[index]))
    const gain = difference(before.scores.perClass[index]?.iou, after.scores.perClass[index]?.iou)
    return `${name.padEnd(wide)}${cells.join('   ')}   ${gain}`
  })
  const [from, to] = [before.scores.meanIou.value, after.scores.meanIou.value]
  const thresholds = evaluations
    .map(({ step, summary }) => `${step} ${summary.threshold?.toFixed(2) ?? '–'}`)
    .join(', ')
  return [
    ...head,
    ...lines,
    '',
    `mIoU: CAM ${percent(from)} %, LPCAM ${percent(to)} % (${difference(from, to).trim()}) on ${before.images} photos; percent everywhere.`,
    `Thresholds (${thresholds}) were chosen on the truth of these very photos.`,
  ].join('\n')
}

/** @param {ClassScores | undefined} scores */
function row(scores) {
  return measures.map(measure => percent(scores?.[measure] ?? null).padStart(cell)).join('')
}

/** @param {number | null | undefined} share */
function percent(share) {
  return share === null || share === undefined ? '–' : (share * 100).toFixed(1)
}

/**
 * @param {number | null | undefined} from
 * @param {number | null | undefined} to
 */
function difference(from, to) {
  if (from === null || from === undefined || to === null || to === undefined) return '–'.padStart(5)
  const points = (to - from) * 100
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`.padStart(5)
}
