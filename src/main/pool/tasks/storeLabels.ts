import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { describeSize } from '../../../shared/raster/size'
import { blobPath } from '../../artifacts/blobStore'
import { writeLabelMap } from '../../artifacts/labelMaps'
import { decodeLabelPng } from '../../media/labelPng'

export interface StoreLabelsInput {
  /** `[height * width]`: 0 background, 1 … `classes`, 255 void. */
  readonly labels: Uint8Array
  readonly width: number
  readonly height: number
  readonly classes: number
  /** What sentences call the photo. */
  readonly stem: string
  readonly blobFolder: string
}

export interface StoredLabels {
  /** Hash name of the indexed PNG. */
  readonly blob: string
  /** How many pixels carry each label value that occurs. */
  readonly pixels: Readonly<Record<string, number>>
}

/** Writes what a person painted, and reads it back: only a file that says the same takes the place of the one before. */
export async function storeLabels(input: StoreLabelsInput): Promise<StoredLabels> {
  const { labels, width, height, stem, blobFolder } = input
  const pixels = checkedCounts(input)
  const blob = await writeLabelMap(blobFolder, { labels, width, height })
  const stored = decodeLabelPng(await readFile(blobPath(blobFolder, blob)), blob)
  if (stored.width === width && Buffer.compare(stored.labels, labels) === 0) return { blob, pixels }
  throw new WorkbenchError(
    'FILE_UNREADABLE',
    `The mask of ${stem} was written to ${blob} and came back different: check the disk. The mask before is untouched.`,
  )
}

function checkedCounts({ labels, width, height, classes, stem }: StoreLabelsInput): Readonly<Record<string, number>> {
  if (labels.length !== width * height)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `A mask of ${labels.length} pixels does not fit photo ${stem} of ${describeSize({ width, height })}.`,
    )
  const counts = new Uint32Array(256)
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++
  const present = [...counts.entries()].filter(([, count]) => count > 0)
  const stranger = present.find(([label]) => label > classes && label !== VOID)
  if (stranger === undefined) return Object.fromEntries(present)
  throw new WorkbenchError(
    'BAD_INPUT',
    `The mask of ${stem} has ${stranger[1]} pixels of label ${stranger[0]}: this project's are 0 (background), ` +
      `1 … ${classes} and 255 (void).`,
  )
}
