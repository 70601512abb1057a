import { z } from 'zod'

const point = z.tuple([z.number(), z.number()])

/** labelme's file (labelme/label_file.py@v5.5.0); keys that are not listed are somebody's own and are kept. */
export const labelmeFile = z.looseObject({
  imagePath: z.string(),
  imageHeight: z.int().min(1).nullish(),
  imageWidth: z.int().min(1).nullish(),
  shapes: z.array(
    z.looseObject({
      label: z.string(),
      points: z.array(point),
      shape_type: z.string().nullish(),
      mask: z.string().nullish(),
    }),
  ),
})
export type LabelmeFile = z.output<typeof labelmeFile>
export type LabelmeShape = LabelmeFile['shapes'][number]

/** Pixels that labelme's own converters leave out of every class. */
export const IGNORED = '__ignore__'
export const NOTHING = '_background_'
