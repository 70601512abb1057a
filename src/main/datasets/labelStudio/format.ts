import { basename, dirname } from 'node:path'
import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import { issueSentence } from '../../../shared/issueSentence'
import type { Corner } from '../../../shared/raster/polygonRegion'
import type { Size } from '../../../shared/raster/size'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, ImportSource } from '../importing/defineFormat'
import { fileKind, firstPresent } from '../fileKind'
import { readJson } from '../importing/readJson'
import { boxRegion } from '../../annotations/boxRegion'
import { outlineRegion } from '../../annotations/outlineRegion'
import type { Shape } from '../../annotations/shape'
import { shapedDraft, type ShapedImage } from '../importing/shapedDraft'
import { fileHead } from '../importing/fileHead'
import { decodeBrush } from './brushRle'

const percent = z.number()
/** A result of another kind has none, and its value may be anything. */
const labels = z
  .object({
    brushlabels: z.array(z.string()).optional(),
    polygonlabels: z.array(z.string()).optional(),
    rectanglelabels: z.array(z.string()).optional(),
  })
  .catch({})
const drawing = z.object({
  rle: z.array(z.int().min(0).max(255)).optional(),
  points: z.array(z.tuple([percent, percent])).optional(),
  x: percent.optional(),
  y: percent.optional(),
  width: percent.optional(),
  height: percent.optional(),
})
const result = z.object({
  type: z.string(),
  original_width: z.int().min(1).optional(),
  original_height: z.int().min(1).optional(),
  image_rotation: z.number().default(0),
  value: z.unknown(),
})
const task = z.object({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(z.object({ was_cancelled: z.boolean().optional(), result: z.array(result) })),
})
type Result = z.output<typeof result>

export default defineFormat({
  id: 'label-studio',
  title: 'Label Studio (JSON)',
  detect: async path =>
    (await fileKind(path)) === 'file' &&
    /\.json$/i.test(path) &&
    /^\s*\[\s*\{[^]*"annotations"/.test(await fileHead(path)),
  read: readLabelStudio,
})

async function readLabelStudio(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const { path } = source
  const tasks = await readJson(path, z.array(task))
  const images = tasks.map(imageOf)
  const rotated = tasks.some(({ annotations }) => annotations.some(each => each.result.some(isRotated)))
  const imageFolder = source.images ?? (await firstPresent(dirname(path), ['images'])) ?? dirname(path)
  const notes = [
    'Brushes, polygons and rectangles are taken; of several annotations of a photo the first that was not cancelled.',
    ...(rotated ? ['Photos that were rotated there keep no mask: rotate them back.'] : []),
  ]
  return shapedDraft({ source, path, imageFolder, images, notes }, signal)
}

function imageOf({ data, annotations }: z.output<typeof task>): ShapedImage {
  const results = annotations.find(each => each.was_cancelled !== true)?.result ?? []
  const { original_width: width, original_height: height } = results[0] ?? {}
  return {
    name: photoName(data),
    size: width === undefined || height === undefined ? null : { width, height },
    shapes: results.flatMap(shapeOf),
  }
}

/** `/data/upload/1/0a1b2c3d-cat.jpg` → cat.jpg: an upload gets eight digits before its name. */
function photoName(data: Readonly<Record<string, unknown>>): string {
  const address = Object.values(data).find(each => typeof each === 'string' && /\.\w{3,4}($|\?)/.test(each))
  const name = basename(decoded(String(address ?? 'a task without a photo').replace(/\?(?!d=).*$/, '')))
  return name.replace(/^[0-9a-f]{8}-/, '')
}

/** An address with a bare % in it was never encoded: it is the name. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

function isRotated({ image_rotation }: Result): boolean {
  return image_rotation % 360 !== 0
}

function shapeOf(each: Result): readonly Shape[] {
  const { brushlabels, polygonlabels, rectanglelabels } = labels.parse(each.value)
  const [name] = brushlabels ?? polygonlabels ?? rectanglelabels ?? []
  if (name === undefined) return []
  const region = (size: Size) => {
    if (isRotated(each)) throw new WorkbenchError('UNSUPPORTED', 'it was rotated in Label Studio: rotate it back there')
    const drawn = drawingOf(each.value)
    if (drawn.rle !== undefined) {
      const mask = decodeBrush(drawn.rle, size.width * size.height)
      return boxRegion({ left: 0, top: 0, ...size }, size, place => mask[place] === 1)
    }
    const corners = (drawn.points ?? boxCorners(drawn)).map(([x, y]): Corner => [
      (x * size.width) / 100,
      (y * size.height) / 100,
    ])
    return outlineRegion(corners, size)
  }
  return [{ name: name.trim(), region }]
}

/** @throws BAD_INPUT naming the number that is wrong */
function drawingOf(value: unknown): z.output<typeof drawing> {
  const parsed = drawing.safeParse(value)
  if (parsed.success) return parsed.data
  throw new WorkbenchError('BAD_INPUT', issueSentence(parsed.error.issues[0]!, value, 'value'))
}

function boxCorners({ x = 0, y = 0, width = 0, height = 0 }: z.output<typeof drawing>): Corner[] {
  return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]] // prettier-ignore
}
