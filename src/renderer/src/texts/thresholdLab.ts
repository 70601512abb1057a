import type { TruthKind } from '../../../shared/contract/evaluation'

/** What the threshold lab says. */
export const labTexts = {
  chart: (what: string, threshold: string) =>
    `${what} against the threshold, which is ${threshold} now. Arrows move it.`,
  threshold: 'threshold',
  figures: 'IoU',
  proxies: 'Proxies',
  view: 'What the curves show',
  meanIou: 'mIoU',
  coverage: 'coverage',
  margin: 'margin',
  labelled: 'labelled classes found',
  unlabelled: 'other classes found',
  proxyHints: {
    coverage: 'Share of all pixels that are foreground.',
    margin:
      'Mean lead, at foreground pixels, of the winning score over the second class or the background, whose score is the threshold.',
    labelled: 'Share of the classes that photos are labelled with which take at least 0.1 % of their mask.',
    unlabelled:
      'Share of the classes that photos are not labelled with which take at least 0.1 % of their mask all the same.',
  },
  truth: 'What the masks are measured against',
  truths: {
    ground_truth: 'ground truth',
    corrections: 'corrections',
    both: 'ground truth and corrections',
  } satisfies Record<TruthKind, string>,
  noTruth: {
    ground_truth:
      'None of these photos has ground truth: no IoU can be measured. The proxies need none, and measure no quality: read them as hints.',
    corrections:
      'Nobody has accepted or corrected a mask of these photos: review some, and they can be measured against. The proxies need no truth, and measure no quality.',
    both: 'None of these photos has ground truth or a mask that was accepted or corrected. The proxies need no truth, and measure no quality.',
  } satisfies Record<TruthKind, string>,
  subset: 'Measured on',
  origin: (photos: string, truth: string, split: string) => `${photos}, ${truth} with truth · run on split ${split}`,
  hash: (hash: string) => `Maps, labels and truth ${hash.slice(0, 12)}`,
  took: (seconds: string) => `measured in ${seconds} s`,
  best: (threshold: string, value: string) => `Best ${threshold}: mIoU ${value}`,
  bestHint: 'The lowest threshold of the highest mIoU, chosen on the very photos it is reported on: that flatters it.',
  now: (threshold: string, value: string) => `Now ${threshold}: mIoU ${value}`,
  nowCoverage: (threshold: string, value: string) => `Now ${threshold}: ${value} foreground`,
  use: (threshold: string) => `Use ${threshold} in a new run`,
  noStep: 'This run has no step that cuts these maps at a threshold.',
  measuring: (photos: string) => `Measuring 101 thresholds on ${photos} …`,
  cancel: 'Stop',
  waits: {
    title: 'The maps are still being made',
    text: 'They are measured here once the step is done with all photos.',
  },
  cancelled: 'The measurement was stopped.',
  again: 'Measure',
  table: 'Classes at the best threshold of each and at the one chosen',
  className: 'Class',
  columns: {
    best: { title: 'best t', hint: 'The lowest threshold of the class’s highest IoU' },
    bestIou: { title: 'IoU there', hint: 'IoU at that threshold, percent' },
    iou: { title: 'IoU', hint: 'IoU at the chosen threshold, percent' },
    falsePositive: {
      title: 'FP',
      hint: 'False positives at the chosen threshold, percent of the union: IoU + FP + FN = 100',
    },
    falseNegative: { title: 'FN', hint: 'False negatives at the chosen threshold, percent of the union' },
    area: { title: 'area', hint: 'Share of all pixels that the class takes at the chosen threshold, percent' },
  },
  atChosen: 'at the chosen threshold',
} as const
