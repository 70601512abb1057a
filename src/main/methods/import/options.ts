import { resolve } from 'node:path'
import { z } from 'zod'

/** Where score maps come from that another program made. */
export const importOptions = z.object({
  folder: z
    .string()
    .default('')
    .transform(folder => (folder === '' ? '' : resolve(folder)))
    .describe('Holds <stem>.npy for every photo, as IRN, LPCAM and their descendants save them.'),
  classes: z
    .array(z.string().min(1))
    .optional()
    .describe('Names of the files’ class indices, from 0; the project’s own classes when left out.'),
})
export type ImportOptions = z.output<typeof importOptions>
