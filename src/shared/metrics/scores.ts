import { WorkbenchError } from '../errors'
import { defaultScoreRules, type ScoreRules } from './scoreRules'

/** One class's figures as fractions of 1; null where nothing defines them (0 / 0). */
export interface ClassScores {
  /** TP / U, with U = truth + predicted − TP. */
  readonly iou: number | null
  /** TP / predicted. */
  readonly precision: number | null
  /** TP / truth. */
  readonly recall: number | null
  /** (predicted − TP) / U, so that IoU + FP + FN = 1; by SEAM's rule / TP. */
  readonly falsePositive: number | null
  /** (truth − TP) / U; by SEAM's rule / TP. */
  readonly falseNegative: number | null
  readonly truthPixels: number
  readonly predictedPixels: number
}

/** A mean over the classes that it is of, and how many of the others there are: undefined, or not in the truth. */
export interface Mean {
  readonly value: number | null
  readonly undefinedClasses: number
}

/** All that a confusion says. `all` is background and foreground, `foreground` the classes alone. */
export interface Scores {
  /** Background first. */
  readonly perClass: readonly ClassScores[]
  /** Over background and classes. */
  readonly meanIou: Mean
  /** Over the foreground classes, as in LPCAM's Table 1. */
  readonly falsePositive: Mean
  readonly falseNegative: Mean
  readonly precision: { readonly all: Mean; readonly foreground: Mean }
  readonly recall: { readonly all: Mean; readonly foreground: Mean }
  /** Share of the predicted foreground that lies on true background. */
  readonly foregroundOnBackground: number | null
}

/** @param matrix `[C + 1, C + 1]`, rows truth, columns prediction, label 0 background */
export function scoresFromConfusion(matrix: Float64Array, rules: ScoreRules = defaultScoreRules): Scores {
  const side = Math.sqrt(matrix.length)
  if (!Number.isInteger(side)) throw new WorkbenchError('SHAPE_MISMATCH', `${matrix.length} cells are no square matrix`)
  const perClass = Array.from({ length: side }, (_, label) => classScores(matrix, side, label, rules))
  const foreground = perClass.slice(1)
  const mean = (classes: readonly ClassScores[], rate: Rate) => meanOf(classes, rate, rules)
  return {
    perClass,
    meanIou: mean(perClass, 'iou'),
    falsePositive: mean(foreground, 'falsePositive'),
    falseNegative: mean(foreground, 'falseNegative'),
    precision: { all: mean(perClass, 'precision'), foreground: mean(foreground, 'precision') },
    recall: { all: mean(perClass, 'recall'), foreground: mean(foreground, 'recall') },
    foregroundOnBackground: foregroundOnBackground(matrix, side, foreground),
  }
}

function classScores(matrix: Float64Array, side: number, label: number, { rates }: ScoreRules): ClassScores {
  let truthPixels = 0
  let predictedPixels = 0
  for (let other = 0; other < side; other++) {
    truthPixels += matrix[label * side + other]!
    predictedPixels += matrix[other * side + label]!
  }
  const hit = matrix[label * side + label]!
  const union = truthPixels + predictedPixels - hit
  // SEAM's P / TP and T / TP less 1 (YudeWang/SEAM evaluation.py@17a8eb6, which adds 1e-10 to TP; without TP it is no figure).
  const base = rates === 'seam' ? hit : union
  return {
    iou: ratio(hit, union),
    precision: ratio(hit, predictedPixels),
    recall: ratio(hit, truthPixels),
    falsePositive: ratio(predictedPixels - hit, base),
    falseNegative: ratio(truthPixels - hit, base),
    truthPixels,
    predictedPixels,
  }
}

function foregroundOnBackground(matrix: Float64Array, side: number, foreground: readonly ClassScores[]): number | null {
  let onBackground = 0
  for (let label = 1; label < side; label++) onBackground += matrix[label]!
  return ratio(
    onBackground,
    foreground.reduce((sum, scores) => sum + scores.predictedPixels, 0),
  )
}

type Rate = 'iou' | 'precision' | 'recall' | 'falsePositive' | 'falseNegative'

function meanOf(classes: readonly ClassScores[], rate: Rate, { averaging }: ScoreRules): Mean {
  const counted = averaging === 'gt-present' ? classes.filter(({ truthPixels }) => truthPixels > 0) : classes
  const values = counted.map(scores => scores[rate]).filter(value => value !== null)
  const sum = values.reduce((total, value) => total + value, 0)
  return { value: ratio(sum, values.length), undefinedClasses: classes.length - values.length }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
