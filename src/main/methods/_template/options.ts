import { z } from 'zod'

/** Every knob, the only place with numbers: default, bound, unit and reason. Cite where the defaults come from. */
export const templateOptions = z.object({
  gain: z.number().min(0).max(10).default(1).describe('Scores are multiplied by this, then cut at 1.'),
})
export type TemplateOptions = z.output<typeof templateOptions>
