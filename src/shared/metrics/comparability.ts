import type { FigureOrigin, TruthKind } from '../contract/evaluation'
import { percentText } from '../text/amounts'
import { someNames } from '../text/someNames'
import type { ScoreRules } from './scoreRules'
import { flatteringChoices } from './stepChoices'

/** What must be known of a figure before it may stand beside another. */
export type Comparable = Pick<
  FigureOrigin,
  | 'step'
  | 'split'
  | 'images'
  | 'photosHash'
  | 'datasetHash'
  | 'truth'
  | 'truthHash'
  | 'voidRule'
  | 'editedMasks'
  | 'rules'
  | 'withoutMask'
  | 'summary'
  | 'choices'
> & { readonly classes: readonly string[] }

export interface Difference {
  readonly about: 'photos' | 'classes' | 'truth' | 'void' | 'edits' | 'rules' | 'threshold' | 'labels'
  /** True: the figures answer different questions. False: they may be compared, knowing this. */
  readonly unlike: boolean
  /** For people. */
  readonly sentence: string
}

export interface Comparability {
  readonly comparable: boolean
  /** What parts them first, then what is worth knowing. */
  readonly reasons: readonly Difference[]
}

/** Whether two figures may stand side by side, and what there is to know. */
export function comparability(a: Comparable, b: Comparable): Comparability {
  const found = [classes, photos, truth, voidRule, edits, rules, threshold, labels].flatMap(check => check(a, b))
  const reasons = [...found.filter(({ unlike }) => unlike), ...found.filter(({ unlike }) => !unlike)]
  return { comparable: !reasons.some(({ unlike }) => unlike), reasons }
}

type Check = (a: Comparable, b: Comparable) => readonly Difference[]

const classes: Check = (a, b) => {
  if (sameNames(a.classes, b.classes)) return []
  const only = (of: readonly string[], not: readonly string[]) => of.filter(name => !not.includes(name))
  const [onlyA, onlyB] = [only(a.classes, b.classes), only(b.classes, a.classes)]
  const sentence =
    onlyA.length + onlyB.length === 0
      ? 'The classes stand in another order.'
      : `The classes differ: ${[missing('the second', onlyA), missing('the first', onlyB)].filter(Boolean).join('; ')}.`
  return [{ about: 'classes', unlike: true, sentence }]
}

const photos: Check = (a, b) => {
  if (a.photosHash === b.photosHash) return []
  const size = ({ images, split }: Comparable) => `${images} of split ${split}`
  const lost = [a, b].some(({ withoutMask }) => withoutMask.length > 0) ? ' Some photos with truth have no mask.' : ''
  const sentence = `They were measured on different photos: ${size(a)} and ${size(b)}.${lost}`
  return [{ about: 'photos', unlike: true, sentence }]
}

/** Where the photos differ, so does their truth: it is said once. */
const truth: Check = (a, b) => {
  if (a.photosHash !== b.photosHash || a.truthHash === b.truthHash) return []
  const [kindA, kindB] = [a.truth?.kind ?? 'ground_truth', b.truth?.kind ?? 'ground_truth']
  const sentence =
    kindA === kindB
      ? `The ${truthNames[kindA]} of these photos changed between them.`
      : `One was measured against ${truthNames[kindA]}, the other against ${truthNames[kindB]}.`
  return [{ about: 'truth', unlike: true, sentence }]
}

/** What a sentence calls what a figure was measured against. */
export const truthNames: Readonly<Record<TruthKind, string>> = {
  ground_truth: 'ground truth',
  corrections: "a person's corrections",
  both: "ground truth and a person's corrections",
}

const voidRule: Check = (a, b) =>
  a.voidRule === b.voidRule
    ? []
    : [{ about: 'void', unlike: true, sentence: 'Void pixels are counted in one and left out in the other.' }]

const edits: Check = (a, b) =>
  a.editedMasks === b.editedMasks
    ? []
    : [
        {
          about: 'edits',
          unlike: true,
          sentence: `People corrected ${percentText(a.editedMasks)} of the masks of the first and ${percentText(b.editedMasks)} of the second.`,
        },
      ]

const rules: Check = (a, b) => {
  const named: readonly { readonly rule: keyof ScoreRules; readonly what: string }[] = [
    { rule: 'averaging', what: 'Means are over different classes' },
    { rule: 'rates', what: 'FP and FN are shares of different things' },
  ]
  return named
    .filter(({ rule }) => a.rules[rule] !== b.rules[rule])
    .map(({ rule, what }) => ({
      about: 'rules',
      unlike: true,
      sentence: `${what}: ${a.rules[rule]} and ${b.rules[rule]}.`,
    }))
}

/** A threshold that was chosen on the photos it is reported on flatters its figures, and those of what is made from it. */
const threshold: Check = (a, b) => {
  const onTruth = (figure: Comparable) => flatteringChoices(figure).length > 0
  if (onTruth(a) === onTruth(b)) return []
  const which = onTruth(a) ? 'first' : 'second'
  const sentence = `Only the ${which} one was made with a threshold that was chosen on the ground truth of these photos, which flatters it.`
  return [{ about: 'threshold', unlike: false, sentence }]
}

const labels: Check = (a, b) =>
  a.photosHash !== b.photosHash ||
  a.split !== b.split ||
  a.datasetHash === b.datasetHash ||
  !sameNames(a.classes, b.classes)
    ? []
    : [
        {
          about: 'labels',
          unlike: false,
          sentence:
            'Labels of these photos were corrected between the two: they may have been trained on other labels.',
        },
      ]

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i])
}

function missing(where: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${where} lacks ${someNames(names, 3)}`
}
