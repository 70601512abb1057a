import type { ComparedEvaluation } from '../../../../shared/contract/evaluation'
import { confusionPartners, relativeArea } from '../../../../shared/metrics/classConfusion'
import { classColour } from '../../styles/classColour'
import { compareTexts } from '../../texts/compare'
import type { FigureColumn, FigureRow } from '../tables/figureTable'
import { partsOf } from './compared'

const { tail: texts, table } = compareTexts

/** The columns of the long tail. @param against the evaluation that IoU is compared with, where there is one */
export function tailColumns(against: ComparedEvaluation | undefined): readonly FigureColumn[] {
  const { hints } = texts
  const change: FigureColumn = {
    key: 'change',
    title: table.change,
    hint: table.hints.change,
    format: 'points',
    width: 136,
  }
  return [
    { key: 'part', title: texts.part, hint: hints.part, format: 'text', width: 48 },
    { key: 'labelled', title: texts.labelled, hint: hints.labelled, format: 'count', width: 96 },
    { key: 'photos', title: table.photos, hint: table.photosHint, format: 'count', width: 96 },
    { key: 'iou', title: table.iou, hint: table.hints.iou, format: 'share', width: 56 },
    ...(against === undefined ? [] : [change]),
    { key: 'area', title: texts.area, hint: hints.area, format: 'times', width: 60 },
    { key: 'falsePositive', title: table.falsePositive, hint: table.hints.falsePositive, format: 'share', width: 56 },
    { key: 'falseNegative', title: table.falseNegative, hint: table.hints.falseNegative, format: 'share', width: 56 },
    { key: 'share', title: texts.share, hint: hints.share, format: 'share', width: 84 },
    { key: 'partner', title: texts.partner, hint: hints.partner, format: 'text', width: 136 },
  ]
}

/** Every class of an evaluation: how frequent it is, how well and how large it is drawn, and what it is mixed up with. */
export function tailRows(
  evaluation: ComparedEvaluation,
  against: ComparedEvaluation | undefined,
): readonly FigureRow[] {
  const { classes, scores, photos, cells } = evaluation
  const parts = partsOf(evaluation)
  const partners = confusionPartners(cells, classes.length - 1)
  return classes.slice(1).map((name, place) => {
    const label = place + 1
    const figures = scores.perClass[label]!
    const partner = partners[label]
    const before = against?.scores.perClass[against.classes.indexOf(name)]?.iou ?? null
    return {
      key: String(label),
      name,
      colour: classColour(place),
      values: {
        part: texts.parts[parts[place]!],
        labelled: photos.labelled[label] ?? null,
        photos: photos.withTruth[label] ?? null,
        iou: figures.iou,
        change: figures.iou === null || before === null ? null : figures.iou - before,
        area: relativeArea(figures),
        falsePositive: figures.falsePositive,
        falseNegative: figures.falseNegative,
        share: partner?.share ?? null,
        partner: partner === undefined ? null : (classes[partner.label] ?? null),
      },
    }
  })
}
