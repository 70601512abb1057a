import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import { issueSentence } from '../../../shared/issueSentence'
import { cocoCategory, cocoImage, type CocoImage } from '../coco/cocoSchema'
import { forEachElement, type JsonElement } from '../coco/jsonElements'

const id = z.union([z.number(), z.string()])
const annotation = z.object({
  image_id: id,
  file_name: z.string(),
  segments_info: z.array(
    z.object({
      id: z.int().min(1).max(0xffffff),
      category_id: id,
      iscrowd: z.union([z.boolean(), z.number()]).transform(Boolean).default(false),
    }),
  ),
})
export type PanopticAnnotation = z.output<typeof annotation>

export interface PanopticFile {
  readonly path: string
  readonly images: readonly CocoImage[]
  /** Names by category id. */
  readonly categories: ReadonlyMap<string | number, string>
  /** By image id. */
  readonly annotations: ReadonlyMap<string | number, PanopticAnnotation>
}

/** Reads COCO's panoptic JSON element by element. @throws BAD_INPUT saying what is wrong at which byte */
export async function readPanoptic(path: string, signal?: AbortSignal): Promise<PanopticFile> {
  const images: CocoImage[] = []
  const categories = new Map<string | number, string>()
  const annotations = new Map<string | number, PanopticAnnotation>()
  const take = (element: JsonElement) => {
    if (element.member === 'images') images.push(parsed(path, cocoImage, element))
    else if (element.member === 'categories') {
      const category = parsed(path, cocoCategory, element)
      categories.set(category.id, category.name.trim())
    } else {
      const found = parsed(path, annotation, element)
      annotations.set(found.image_id, found)
    }
  }
  await forEachElement(path, new Set(['images', 'categories', 'annotations']), take, signal)
  return { path, images, categories, annotations }
}

function parsed<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { member, offset, value }: JsonElement,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const what = issueSentence(result.error.issues[0]!, value, member)
  throw new WorkbenchError('BAD_INPUT', `${path}: ${what} (at byte ${offset}).`)
}
