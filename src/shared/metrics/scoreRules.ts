import { z } from 'zod'

export const averagings = ['defined', 'gt-present'] as const
export const rateBases = ['union', 'seam'] as const

/** How figures are made of a confusion where papers differ. They stand beside every figure. */
export const scoreRulesSchema = z.strictObject({
  averaging: z
    .enum(averagings)
    .default('defined')
    .describe(
      'Classes that a mean is over. defined: those in the truth or in the masks (IRN, LPCAM); gt-present: those in the truth (kazuto1011/deeplab-pytorch).',
    ),
  rates: z
    .enum(rateBases)
    .default('union')
    .describe(
      'What FP and FN are shares of. union: of truth and mask together, so that IoU + FP + FN = 1 (LPCAM, Table 1); seam: of the pixels that are right, so they can exceed 1 (SEAM).',
    ),
})
export type ScoreRules = z.output<typeof scoreRulesSchema>

export const defaultScoreRules: ScoreRules = scoreRulesSchema.parse({})
