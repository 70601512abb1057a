import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { blobPath } from '../../src/main/artifacts/blobStore'
import type { Project } from '../../src/main/db/open'
import { decodeLabelPng } from '../../src/main/media/labelPng'
import type { Size } from '../../src/shared/raster/size'

export function hashOf(labels: Uint8Array): string {
  return createHash('sha256').update(labels).digest('hex').slice(0, 16)
}

/** A stroke that fills a box with one label: left, top, width, height, label, then what was there. */
export function changeOf(labels: Uint8Array, { width, height }: Size, random: () => number): Uint8Array {
  const [left, top] = [random() % width, random() % height]
  const box = { left, top, columns: 1 + (random() % (width - left)), rows: 1 + (random() % (height - top)) }
  const before = Array.from(pixelsOf(box, width), pixel => labels[pixel]!)
  return Uint8Array.of(box.left, box.top, box.columns, box.rows, random() % 3, ...before)
}

/** The mask with a stroke made or taken back. */
export function withChange(labels: Uint8Array, { width }: Size, delta: Uint8Array, direction: 'forth' | 'back') {
  const [left, top, columns, rows, label, ...before] = delta
  const changed = labels.slice()
  let at = 0
  for (const pixel of pixelsOf({ left: left!, top: top!, columns: columns!, rows: rows! }, width))
    changed[pixel] = direction === 'forth' ? label! : before[at++]!
  return changed
}

function* pixelsOf(box: { left: number; top: number; columns: number; rows: number }, width: number) {
  for (let y = box.top; y < box.top + box.rows; y++)
    for (let x = box.left; x < box.left + box.columns; x++) yield y * width + x
}

/** The mask of photo 1 as a restarted editor makes it: of the stored label map and the strokes. */
export function rebuild(project: Project): { readonly labels: Uint8Array; readonly size: Size } {
  const { width, height } = project.images.find(1)!
  const size = { width, height }
  const [run] = project.runs.page({ limit: 1 })
  const { blob } = project.corrections.find(1) ?? project.artifacts.find(run!.id, 'masks', 'labels', 1)!
  let labels = read(project, blob, size)
  const strokes = project.strokes.list(1)
  const { saved, position } = project.strokes.journal(1)
  for (const { delta } of strokes.filter(({ rewind }) => rewind).reverse())
    labels = withChange(labels, size, delta, 'back')
  const live = new Map(strokes.filter(({ rewind }) => !rewind).map(({ place, delta }) => [place, delta]))
  for (let place = saved; place > position; place--) labels = withChange(labels, size, live.get(place)!, 'back')
  for (let place = saved + 1; place <= position; place++) labels = withChange(labels, size, live.get(place)!, 'forth')
  return { labels, size }
}

function read(project: Project, blob: string, { width, height }: Size): Uint8Array {
  const map = decodeLabelPng(readFileSync(blobPath(project.blobFolder, blob)), blob)
  if (map.width !== width || map.height !== height) throw new Error(`${blob} is ${map.width}×${map.height}`)
  return map.labels
}
