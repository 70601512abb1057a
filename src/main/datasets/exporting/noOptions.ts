import { z } from 'zod'

/** A format that leaves nothing to choose. */
export const noOptions = z.object({})
