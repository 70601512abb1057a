import type { ComparedEvaluation } from '../../../../shared/contract/evaluation'
import { boundaryIou, meanBoundaryIou } from '../../../../shared/metrics/boundary'
import type { ClassScores } from '../../../../shared/metrics/scores'
import type { TextTable } from '../../../../shared/tables/textTable'
import { classColour } from '../../styles/classColour'
import { compareTexts } from '../../texts/compare'
import type { FigureColumn, FigureRow, FigureValue } from '../tables/figureTable'
import { classNames, letterOf, nameOf } from './compared'

const { table: texts } = compareTexts

const rates = ['iou', 'falsePositive', 'falseNegative', 'precision', 'recall', 'boundary'] as const
type Rate = (typeof rates)[number]

export interface ClassTable {
  readonly columns: readonly FigureColumn[]
  /** The mean and the background. */
  readonly pinned: readonly FigureRow[]
  readonly rows: readonly FigureRow[]
}

/** Every class with the figures of each evaluation side by side, and what the others change against the first. */
export function classTable(compared: readonly ComparedEvaluation[]): ClassTable {
  const [, ...names] = classNames(compared)
  return {
    columns: columnsOf(compared),
    pinned: [
      { key: 'all', name: texts.mean, values: valuesOf(compared, meanScores, evaluation => evaluation.images) },
      classRow(compared, texts.background, 0, undefined),
    ],
    rows: names.map((name, place) => classRow(compared, name, place + 1, classColour(place))),
  }
}

/**
 * The table as text, figures in percent: what is saved and copied.
 * @param name how the columns call an evaluation
 */
export function classTextTable(
  compared: readonly ComparedEvaluation[],
  name: (evaluation: ComparedEvaluation, place: number) => string,
): TextTable {
  const { columns, pinned, rows } = classTable(compared)
  const names = new Map(compared.map((evaluation, place) => [String(evaluation.id), name(evaluation, place)]))
  const heads = columns.map(({ key, group, title }) =>
    group === undefined ? title : `${group} ${names.get(key.split(':')[1]!) ?? ''}`,
  )
  const cell = (value: FigureValue | undefined, { format }: FigureColumn) =>
    typeof value !== 'number' ? (value ?? null) : format === 'count' ? value : round(100 * value)
  const line = ({ name, values }: FigureRow) => [name, ...columns.map(column => cell(values[column.key], column))]
  return [[texts.name, ...heads], ...[...rows, ...pinned].map(line)]
}

/** Two decimals of a percent: a hundred-thousandth of a photo's pixels. */
function round(value: number): number {
  return Math.round(value * 100) / 100
}

function columnsOf(compared: readonly ComparedEvaluation[]): FigureColumn[] {
  const photos = { key: 'photos', title: texts.photos, hint: texts.photosHint, format: 'count', width: 96 } as const
  const groupOf = (rate: Rate): FigureColumn[] =>
    compared.map((evaluation, place) => ({
      key: `${rate}:${evaluation.id}`,
      title: letterOf(place),
      hint: `${letterOf(place)}, ${nameOf(evaluation)}: ${texts.hints[rate]}`,
      group: texts[rate],
      format: 'share',
      width: 56,
    }))
  const changes = compared.slice(1).map((evaluation, place): FigureColumn => ({
    key: `change:${evaluation.id}`,
    title: letterOf(place + 1),
    hint: `${letterOf(place + 1)}, ${nameOf(evaluation)}: ${texts.hints.change}`,
    group: texts.change,
    format: 'points',
    width: compared.length === 2 ? 160 : 96,
  }))
  const [iou, ...others] = rates
  return [photos, ...groupOf(iou), ...changes, ...others.flatMap(groupOf)]
}

function classRow(
  compared: readonly ComparedEvaluation[],
  name: string,
  label: number,
  colour: string | undefined,
): FigureRow {
  const labelIn = ({ classes }: ComparedEvaluation) => (label === 0 ? 0 : classes.indexOf(name))
  const scoresIn = (evaluation: ComparedEvaluation) => {
    const scores = evaluation.scores.perClass[labelIn(evaluation)]
    const edges = evaluation.boundary === null ? [] : boundaryIou(evaluation.boundary)
    return scores && { ...scores, boundary: edges[labelIn(evaluation)] ?? null }
  }
  const photosIn = (evaluation: ComparedEvaluation) => evaluation.photos.withTruth[labelIn(evaluation)] ?? null
  return {
    key: String(label),
    name,
    ...(colour === undefined ? {} : { colour }),
    values: valuesOf(compared, scoresIn, photosIn),
  }
}

type Rates = Pick<ClassScores, Exclude<Rate, 'boundary'>> & { readonly boundary: number | null }

function valuesOf(
  compared: readonly ComparedEvaluation[],
  scoresIn: (evaluation: ComparedEvaluation) => Rates | undefined,
  photosIn: (evaluation: ComparedEvaluation) => number | null,
): Record<string, FigureValue> {
  const [first] = compared
  const before = first && scoresIn(first)?.iou
  const values: Record<string, FigureValue> = { photos: first ? photosIn(first) : null }
  for (const evaluation of compared) {
    const scores = scoresIn(evaluation)
    for (const rate of rates) values[`${rate}:${evaluation.id}`] = scores?.[rate] ?? null
    const after = scores?.iou
    values[`change:${evaluation.id}`] = isNumber(after) && isNumber(before) ? after - before : null
  }
  return values
}

function meanScores({ scores, boundary }: Pick<ComparedEvaluation, 'scores' | 'boundary'>): Rates {
  return {
    iou: scores.meanIou.value,
    boundary: boundary === null ? null : meanBoundaryIou(boundary),
    falsePositive: scores.falsePositive.value,
    falseNegative: scores.falseNegative.value,
    precision: scores.precision.all.value,
    recall: scores.recall.all.value,
  }
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number'
}
