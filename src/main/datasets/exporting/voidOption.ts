import { z } from 'zod'

/** What becomes of void where a format has a place for it. */
export const voidOption = {
  void: z
    .enum(['keep', 'background'])
    .default('keep')
    .meta({ main: true })
    .describe('Void pixels stay void, or become background for programs that know no void.'),
}
