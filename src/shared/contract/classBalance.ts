import { z } from 'zod'
import { frequencyGroups } from '../metrics/frequencyGroups'

/** What re-sampling and re-weighting did for one class: a training that does either says so in its summary. */
const classBalanceSchema = z.object({
  class: z.string(),
  group: z.enum(frequencyGroups),
  /** n_c: photos that show it. */
  photos: z.number(),
  /** Samples of it that the image bank adds in a pass over the photos, on average. */
  bankDraws: z.number(),
  /** TD_c: how far its count lies from all others, summed. */
  demand: z.number(),
  /** DC_c: its weight in the consistency losses, 1 on average. */
  coefficient: z.number(),
})
export type ClassBalance = z.output<typeof classBalanceSchema>

const summarySchema = z.object({ classes: z.array(classBalanceSchema) })

/** The balance that a step's summary reports; empty where it reports none. */
export function classBalanceOf(summary: Readonly<Record<string, unknown>> | null): readonly ClassBalance[] {
  const parsed = summarySchema.safeParse(summary)
  return parsed.success ? parsed.data.classes : []
}
