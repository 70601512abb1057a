import { z } from 'zod'
import { percentText } from '../text/amounts'

/** What a step that trained on these very photos says of itself in its summary. */
const summarySchema = z.object({
  photos: z.number(),
  /** Photos held out of training that have ground truth, and mean IoU on them alone, 0 … 1. */
  heldOutMeasured: z.number().optional(),
  heldOutMeanIou: z.number().nullable().optional(),
  /** Photos whose ground truth was trained on. */
  trainedOnTruth: z.number(),
  /** Photos whose mask a person accepted or edited, which was trained on; left out by earlier versions. */
  trainedOnCorrections: z.number().default(0),
})

/**
 * What must stand beside a figure of a segmentation network: that photos were trained on, and what it reaches on those
 * that were not. Empty for other steps.
 */
export function trainedPhotosNotes(summary: Readonly<Record<string, unknown>>): readonly string[] {
  const parsed = summarySchema.safeParse(summary)
  if (!parsed.success) return []
  const { photos, heldOutMeasured = 0, heldOutMeanIou, trainedOnTruth, trainedOnCorrections } = parsed.data
  const flatters = trainedOnTruth > 0 ? `, the ground truth of ${trainedOnTruth} of them, which flatters it` : ''
  const person = trainedOnCorrections > 0 ? `, a person's masks of ${trainedOnCorrections} of them` : ''
  return [
    `trained on ${photos} of the photos${flatters}${person}`,
    ...(heldOutMeasured > 0 && typeof heldOutMeanIou === 'number'
      ? [`on the ${heldOutMeasured} photos held out of its training: mIoU ${percentText(heldOutMeanIou, 2)}`]
      : []),
  ]
}
