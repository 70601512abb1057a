import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { replaceFile } from '../../weights/atomicFile'
import type { DatasetImage } from '../../../shared/contract/dataset'
import type { MethodContext } from '../context'
import { type ChosenLabels, labelSources } from './chooseLabels'
import type { LabelledPhoto } from './labelledPhotos'

/** Which map of which photo a training learns from, in the step's folder. */
const trainedOnFile = 'trained-on.json'

const entriesSchema = z.array(
  z.object({
    id: z.number(),
    stem: z.string(),
    /** Path from the folder of blobs: a project may be moved. */
    labels: z.string(),
    source: z.enum(labelSources),
    present: z.array(z.number()),
  }),
)

type StepPlace = Pick<MethodContext, 'folder' | 'blobFolder'>

/** Written before the first step: masks that are reviewed while it trains are the next training's. */
export async function writeTrainedOn(photos: readonly LabelledPhoto[], { folder, blobFolder }: StepPlace) {
  const entries = photos.map(
    ({ image: { id, stem }, labels, source, present }): z.input<typeof entriesSchema>[number] => {
      return { id, stem, labels: relative(blobFolder, labels), source, present: [...present] }
    },
  )
  await replaceFile(join(folder, trainedOnFile), [Buffer.from(JSON.stringify(entries))])
}

/** What an interrupted training began with, as far as its photos are there; undefined where none has begun. */
export async function readTrainedOn(
  images: readonly DatasetImage[],
  { folder, blobFolder }: StepPlace,
): Promise<readonly LabelledPhoto[] | undefined> {
  const path = join(folder, trainedOnFile)
  if (!existsSync(path)) return undefined
  const byId = new Map(images.map(image => [image.id, image]))
  const entries = entriesSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  return entries.flatMap(({ id, labels, source, present }) => {
    const image = byId.get(id)
    return image === undefined ? [] : [{ image, labels: resolve(blobFolder, labels), source, present }]
  })
}

/** Photos whose map would be another one if the training began now, by stem. */
export function changedSince(before: readonly LabelledPhoto[], now: readonly ChosenLabels[]): readonly string[] {
  const known = new Map(before.map(({ image, labels }) => [image.id, labels]))
  const isNew = ({ image: { id }, labels, source }: ChosenLabels) =>
    known.get(id) !== labels && (known.has(id) || source !== 'given')
  const there = new Set(now.map(({ image }) => image.id))
  const gone = before.filter(({ image }) => !there.has(image.id))
  return [...now.filter(isNew), ...gone].map(({ image }) => image.stem).sort()
}
