import type { ComparedEvaluation, FigureOrigin } from '../../../../shared/contract/evaluation'
import { comparability, type Difference } from '../../../../shared/metrics/comparability'
import { flatteringChoices } from '../../../../shared/metrics/stepChoices'
import { compareTexts } from '../../texts/compare'
import { tailParts, type TailPart } from '../../../../shared/metrics/longTail'

/** As many as fit beside each other. */
export const mostCompared = 6

/** `A`, `B` …: what an evaluation is called in the heads of columns. */
export function letterOf(place: number): string {
  return String.fromCharCode(65 + place)
}

/** `lpcam-masks · run 12`, and what a person has to do with it: ` · corrected`, ` · against corrections`. */
export function nameOf({ step, run, masks, truth }: Named): string {
  const parts = [`${step} · run ${run}`]
  if (masks === 'corrected') parts.push(compareTexts.corrected)
  if (truth !== undefined) parts.push(compareTexts.against[truth.kind])
  return parts.join(' · ')
}

type Named = Pick<FigureOrigin, 'step' | 'run'> & Partial<Pick<FigureOrigin, 'masks' | 'truth'>>

/** The names of all classes of a comparison: the first one's order, then what only others have. */
export function classNames(compared: readonly ComparedEvaluation[]): readonly string[] {
  return [...new Set(compared.flatMap(({ classes }) => classes))]
}

/** Why and how far each may be compared with the first; the first has nothing to say. */
export function reasonsAgainstFirst(compared: readonly ComparedEvaluation[]): readonly (readonly Difference[])[] {
  const [first] = compared
  return compared.map(other => (first === undefined || other === first ? [] : comparability(first, other).reasons))
}

/** Mean of what is there; null where nothing is. */
export function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter(value => value !== null && value !== undefined)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Where each class (without background) stands in the long tail, by the photos of the split. */
export function partsOf({ photos }: ComparedEvaluation): readonly TailPart[] {
  return tailParts(photos.labelled.slice(1))
}

/** Mean IoU of the classes of one part of the long tail, background left out. */
export function partMean(evaluation: ComparedEvaluation, part: TailPart): number | null {
  const parts = partsOf(evaluation)
  const classes = evaluation.scores.perClass.slice(1)
  const counted = evaluation.rules.averaging === 'gt-present' ? (one: number) => one > 0 : () => true
  return meanOf(
    classes.filter(({ truthPixels }, place) => parts[place] === part && counted(truthPixels)).map(({ iou }) => iou),
  )
}

/** The threshold that its masks were made with; null where they were made otherwise. */
export function thresholdOf({ summary }: Pick<ComparedEvaluation, 'summary'>): number | null {
  return typeof summary['threshold'] === 'number' ? summary['threshold'] : null
}

/** Whether a threshold, its own or one that its masks were made from, was chosen on the truth of the photos measured. */
export function isChosenOnTruth(evaluation: ComparedEvaluation): boolean {
  return flatteringChoices(evaluation).length > 0
}
