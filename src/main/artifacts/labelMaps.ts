import { encodeLabelPng, readLabelPng, type LabelMap } from '../media/labelPng'
import type { Durability } from '../weights/atomicFile'
import { writeBlob } from './blobStore'

/** Stores a label map as an indexed PNG and returns its blob's name. */
export async function writeLabelMap(
  blobFolder: string,
  map: LabelMap,
  durability: Durability = 'durable',
): Promise<string> {
  return writeBlob(blobFolder, encodeLabelPng(map), 'png', durability)
}

/** Reads a label map, ours or a ground truth. @param path of a PNG */
export async function readLabelMap(path: string): Promise<LabelMap> {
  return readLabelPng(path)
}

/** How many pixels carry each label 0 … `classes`; void is not counted. `[classes + 1]` */
export function countLabels(labels: Uint8Array, classes: number): number[] {
  const counts = new Uint32Array(256)
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++
  return [...counts.subarray(0, classes + 1)]
}
