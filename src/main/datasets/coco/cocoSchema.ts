import { z } from 'zod'

/** Numbers by the format's description; some programs write texts. */
const id = z.union([z.number(), z.string()])

export const cocoCategory = z.object({ id, name: z.string() })

export const cocoImage = z.object({
  id,
  file_name: z.string(),
  width: z.int().min(1).optional(),
  height: z.int().min(1).optional(),
})
export type CocoImage = z.output<typeof cocoImage>

const flag = z.union([z.boolean(), z.number()]).transform(Boolean)

/** Run lengths, as numbers or compressed. `size` is height, then width. */
const runs = z.object({ size: z.tuple([z.int(), z.int()]), counts: z.union([z.string(), z.array(z.int().min(0))]) })

/** A list of polygons (their union is meant), or runs. */
export const cocoSegmentation = z.union([runs, z.array(z.array(z.number()))])

export const cocoAnnotation = z.object({
  image_id: id,
  category_id: id,
  iscrowd: flag.default(false),
  bbox: z.array(z.number()).optional(),
  segmentation: z.unknown(),
})

/** A polygon encloses something from three points on. */
export const FEWEST_NUMBERS = 6
