import { WorkbenchError } from '../errors'

/** One class's figures as fractions of 1; null where nothing defines them (0 / 0). */
export interface ClassScores {
  /** TP / U, with U = truth + predicted − TP. */
  readonly iou: number | null
  /** TP / predicted. */
  readonly precision: number | null
  /** TP / truth. */
  readonly recall: number | null
  /** (predicted − TP) / U, so that IoU + FP + FN = 1. */
  readonly falsePositive: number | null
  /** (truth − TP) / U. */
  readonly falseNegative: number | null
  readonly truthPixels: number
  readonly predictedPixels: number
}

/** A mean over the classes that define it, and how many did not. */
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
export function scoresFromConfusion(matrix: Float64Array): Scores {
  const side = Math.sqrt(matrix.length)
  if (!Number.isInteger(side)) throw new WorkbenchError('SHAPE_MISMATCH', `${matrix.length} cells are no square matrix`)
  const perClass = Array.from({ length: side }, (_, label) => classScores(matrix, side, label))
  const foreground = perClass.slice(1)
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

function classScores(matrix: Float64Array, side: number, label: number): ClassScores {
  let truthPixels = 0
  let predictedPixels = 0
  for (let other = 0; other < side; other++) {
    truthPixels += matrix[label * side + other]!
    predictedPixels += matrix[other * side + label]!
  }
  const hit = matrix[label * side + label]!
  const union = truthPixels + predictedPixels - hit
  return {
    iou: ratio(hit, union),
    precision: ratio(hit, predictedPixels),
    recall: ratio(hit, truthPixels),
    falsePositive: ratio(predictedPixels - hit, union),
    falseNegative: ratio(truthPixels - hit, union),
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

function mean(classes: readonly ClassScores[], rate: Rate): Mean {
  const values = classes.map(scores => scores[rate]).filter(value => value !== null)
  const sum = values.reduce((total, value) => total + value, 0)
  return { value: ratio(sum, values.length), undefinedClasses: classes.length - values.length }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
