import type { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import { issueSentence } from '../../../shared/issueSentence'
import { cocoAnnotation, cocoCategory, cocoImage, FEWEST_NUMBERS, type CocoImage } from './cocoSchema'
import { GrowingColumns } from './growingColumns'
import { forEachElement, type JsonElement } from './jsonElements'

/** An annotation as it is remembered: where it stands, and what labels need. */
export interface PlacedAnnotation {
  readonly category: string | number
  readonly crowd: boolean
  /** Bytes from the file's beginning. */
  readonly offset: number
  readonly length: number
}

export interface CocoFile {
  readonly path: string
  readonly images: readonly CocoImage[]
  /** Names by category id. Ids need not follow each other: COCO's own 80 classes have ids up to 90. */
  readonly categories: ReadonlyMap<string | number, string>
  annotationsOf(image: CocoImage): readonly PlacedAnnotation[]
  /** How many there are in all, with a mask, and with polygons of less than three points. */
  readonly counts: {
    readonly annotations: number
    readonly masks: number
    readonly crowds: number
    readonly thin: number
  }
}

const MEMBERS: ReadonlySet<string> = new Set(['images', 'categories', 'annotations'])

/**
 * Reads a COCO file of any size. Annotations are not kept but where they stand: who draws them reads them again, photo
 * by photo.
 */
export async function readCoco(path: string, signal?: AbortSignal): Promise<CocoFile> {
  const reader = new CocoReader(path)
  await forEachElement(path, MEMBERS, element => reader.take(element), signal)
  return reader.file()
}

class CocoReader {
  readonly #path: string
  readonly #images: CocoImage[] = []
  readonly #categories = new Map<string | number, string>()
  /** Ids of images in the order in which they were first met: annotations may come before the images. */
  readonly #imagePlaces = new Map<string | number, number>()
  readonly #categoryPlaces = new Map<string | number, number>()
  readonly #rows = new GrowingColumns(['image', 'category', 'crowd', 'offset', 'length'])
  readonly #counts = { annotations: 0, masks: 0, crowds: 0, thin: 0 }

  constructor(path: string) {
    this.#path = path
  }

  take(element: JsonElement): void {
    if (element.member === 'images') this.#images.push(this.#parsed(cocoImage, element))
    else if (element.member === 'categories') {
      const { id, name } = this.#parsed(cocoCategory, element)
      this.#categories.set(id, name.trim())
    } else this.#annotation(element)
  }

  #annotation(element: JsonElement): void {
    const { image_id, category_id, iscrowd, segmentation } = this.#parsed(cocoAnnotation, element)
    const { offset, length } = element
    const [image, category] = [placeOf(this.#imagePlaces, image_id), placeOf(this.#categoryPlaces, category_id)]
    this.#rows.add({ image, category, crowd: Number(iscrowd), offset, length })
    this.#counts.annotations++
    if (iscrowd) this.#counts.crowds++
    if (hasMask(segmentation)) this.#counts.masks++
    if (isThin(segmentation)) this.#counts.thin++
  }

  #parsed<Schema extends z.ZodType>(schema: Schema, { member, offset, value }: JsonElement): z.output<Schema> {
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    const what = issueSentence(parsed.error.issues[0]!, value, member)
    throw new WorkbenchError('BAD_INPUT', `${this.#path}: ${what} (at byte ${offset}).`)
  }

  file(): CocoFile {
    const { starts, order } = this.#byImage()
    const categories = [...this.#categoryPlaces.keys()]
    const [category, crowd] = [this.#rows.column('category'), this.#rows.column('crowd')]
    const [offset, length] = [this.#rows.column('offset'), this.#rows.column('length')]
    return {
      path: this.#path,
      images: this.#images,
      categories: this.#categories,
      counts: this.#counts,
      annotationsOf: ({ id }) => {
        const place = this.#imagePlaces.get(id)
        if (place === undefined) return []
        return Array.from(order.subarray(starts[place], starts[place + 1]), row => ({
          category: categories[category[row]!]!,
          crowd: crowd[row] === 1,
          offset: offset[row]!,
          length: length[row]!,
        }))
      },
    }
  }

  /** Rows in the order of their images (a counting sort): those of image i are `order[starts[i] … starts[i + 1])`. */
  #byImage(): { readonly starts: Int32Array; readonly order: Int32Array } {
    const images = this.#rows.column('image')
    const starts = new Int32Array(this.#imagePlaces.size + 2)
    for (const image of images) starts[image + 2]!++
    for (let i = 2; i < starts.length; i++) starts[i]! += starts[i - 1]!
    const order = new Int32Array(images.length)
    for (let row = 0; row < images.length; row++) order[starts[images[row]! + 1]!++] = row
    return { starts, order }
  }
}

function placeOf(places: Map<string | number, number>, id: string | number): number {
  const known = places.get(id)
  if (known !== undefined) return known
  places.set(id, places.size)
  return places.size - 1
}

function hasMask(segmentation: unknown): boolean {
  return Array.isArray(segmentation)
    ? segmentation.length > 0
    : typeof segmentation === 'object' && segmentation !== null
}

function isThin(segmentation: unknown): boolean {
  return (
    Array.isArray(segmentation) &&
    segmentation.some(polygon => Array.isArray(polygon) && polygon.length < FEWEST_NUMBERS)
  )
}
