import { z } from 'zod'
import type { FigureOrigin, StepChoice } from '../contract/evaluation'

/** What a step that cuts scores says of its thresholds in its summary. */
const summarySchema = z.object({
  chosenOn: z.enum(['given', 'truth', 'fixed']),
  chosenOnPhotos: z.number().optional(),
  /** What earlier versions called `chosenOnPhotos`. */
  photos: z.number().optional(),
  threshold: z.number().optional(),
  foreground: z.number().optional(),
  background: z.number().optional(),
})

/**
 * Reads what a step chose from its summary; undefined where it chose nothing.
 * @param measured photos of the figure that have ground truth, which a choice on truth has seen
 */
export function readChoice(step: string, summary: unknown, measured: number): StepChoice | undefined {
  const parsed = summarySchema.safeParse(summary)
  if (!parsed.success) return undefined
  const { chosenOn, photos, chosenOnPhotos = photos ?? 0, ...thresholds } = parsed.data
  const values = Object.fromEntries(
    Object.entries(thresholds).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
  const onTruth = chosenOn === 'truth'
  return { step, values, chosenOn, photos: onTruth ? chosenOnPhotos : 0, measured: onTruth ? measured : 0 }
}

type Chosen = Pick<FigureOrigin, 'step' | 'summary' | 'choices'>

/** Choices of the step and of those before it that were made on the truth of photos that are measured. */
export function flatteringChoices({ step, summary, choices }: Chosen): readonly StepChoice[] {
  if (choices !== undefined) return choices.filter(({ measured }) => measured > 0)
  const own = readChoice(step, summary, 1) // an earlier version's figure: it does not say how many were measured
  return own?.chosenOn === 'truth' ? [own] : []
}

/** What must stand beside a figure whose masks were made from thresholds that an earlier step chose on its truth. */
export function upstreamNotes(origin: Chosen): readonly string[] {
  return flatteringChoices(origin)
    .filter(({ step }) => step !== origin.step)
    .map(
      ({ step, values, photos, measured }) =>
        `made from ${step}, whose ${valuesText(values)} ${isOne(values) ? 'was' : 'were'} chosen on the ground truth of ${photos} photos, ` +
        `${measured} of those measured here among them, which flatters it`,
    )
}

function isOne(values: StepChoice['values']): boolean {
  return Object.keys(values).length === 1
}

/** `threshold 0.43`, `foreground 0.58 and background 0.38`. */
function valuesText(values: StepChoice['values']): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(' and ')
}
