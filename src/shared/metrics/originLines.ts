import type { FigureOrigin } from '../contract/evaluation'
import { percentText } from '../text/amounts'
import { someNames } from '../text/someNames'
import { flatteringChoices, upstreamNotes } from './stepChoices'
import { trainedPhotosNotes } from './trainedPhotos'

/**
 * What must be read beside the figures of a step, wherever they are shown: photos, truth, masks, thresholds. Short lines
 * for people, the same in the terminal and in a report; the step and its run stand above them.
 */
export function originLines(origin: FigureOrigin): readonly string[] {
  const { split, images, datasetHash, truthHash, summary } = origin
  return [
    `${photos(images)} of split ${split}, dataset ${datasetHash.slice(0, 12)}, truth ${truthHash.slice(0, 12)}`,
    ...thresholdLines(origin),
    ...upstreamNotes(origin),
    ...trainedPhotosNotes(summary),
    ...personLines(origin),
    ...leftOutLines(origin),
  ]
}

/** A threshold that was chosen on the photos it is reported on flatters them: it is said beside every figure. */
function thresholdLines(origin: FigureOrigin): readonly string[] {
  const { threshold, chosenOn } = origin.summary
  if (typeof threshold !== 'number') return []
  const own = flatteringChoices(origin).some(({ step }) => step === origin.step)
  const how: Record<string, string> = {
    truth: `chosen on the ground truth of ${own ? 'the photos it is reported on, which flatters it' : 'other photos'}`,
    given: 'as given',
    fixed: 'the default: no photo had ground truth to choose one on',
  }
  return [`threshold ${threshold.toFixed(2)}, ${how[String(chosenOn)] ?? String(chosenOn)}`]
}

/** What a person has to do with a figure. */
function personLines({ truth, masks, editedMasks, images }: FigureOrigin): readonly string[] {
  return [
    ...(masks === 'corrected' ? ["a person's masks where there are any, else the step's"] : []),
    ...(editedMasks > 0 ? [`${percentText(editedMasks)} of the masks corrected by hand`] : []),
    ...(truth === undefined
      ? []
      : [`measured against a person's corrections on ${truth.corrected} of ${photos(images)}`]),
  ]
}

function leftOutLines({ truth, withoutMask, withoutTruth }: FigureOrigin): readonly string[] {
  const names = { ground_truth: 'ground truth', corrections: 'an accepted or edited mask', both: 'ground truth or an accepted or edited mask' } // prettier-ignore
  const lacking = names[truth?.kind ?? 'ground_truth']
  return [
    ...(withoutMask.length > 0
      ? [`${photos(withoutMask.length)} without a mask, in no figure: ${someNames(withoutMask)}`]
      : []),
    ...(withoutTruth > 0 ? [`${photos(withoutTruth)} without ${lacking}, in no figure`] : []),
  ]
}

function photos(count: number): string {
  return `${count} ${count === 1 ? 'photo' : 'photos'}`
}
