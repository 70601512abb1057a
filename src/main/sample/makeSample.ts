import { mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import sharp from 'sharp'
import { WorkbenchError } from '../../shared/errors'
import { encodeLabelPng } from '../media/labelPng'
import { composePhoto } from './composePhoto'
import type { ComposedPhoto } from './composePhoto'
import type { SampleOptions } from './options'
import { planPhotos } from './plan'
import { sampleClasses } from './sampleClasses'
import { labelTable, listOfStems, readmeOf } from './sampleFiles'
import { loadSprites } from './sprites'

export interface SampleSummary {
  readonly folder: string
  readonly photos: number
  /** In the order of `labels.txt`, without the background. */
  readonly classes: readonly { readonly name: string; readonly photos: number }[]
}

export interface SampleRequest extends SampleOptions {
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}

/**
 * Makes a folder of photos with image-level labels and exact masks, in VOC's layout. It is drawn beside its place and
 * renamed when whole, so that a stopped or failed run leaves nothing.
 */
export async function makeSample(folder: string, request: SampleRequest): Promise<SampleSummary> {
  const target = resolve(folder)
  await checkFree(target)
  await mkdir(dirname(target), { recursive: true })
  const draft = await mkdtemp(join(dirname(target), `.${basename(target)}-`))
  try {
    const summary = await fill(draft, request)
    await rmdir(target).catch(() => undefined) // an empty folder may be in the way; renaming names any other trouble
    await rename(draft, target)
    return { folder: target, ...summary }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function checkFree(target: string): Promise<void> {
  const names = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new WorkbenchError('BAD_INPUT', `${target} is not a folder: name one that is empty or does not exist.`)
  })
  if (names.length > 0)
    throw new WorkbenchError('BAD_INPUT', `${target} is not empty: name a folder that is empty or does not exist.`)
}

async function fill(folder: string, request: SampleRequest): Promise<Omit<SampleSummary, 'folder'>> {
  const { seed, photos, signal, progress } = request
  const lists = join(folder, 'ImageSets', 'Segmentation')
  for (const name of ['JPEGImages', 'SegmentationClass']) await mkdir(join(folder, name))
  await mkdir(lists, { recursive: true })
  const plan = planPhotos(photos, seed)
  const sprites = await loadSprites(signal)
  let saving: Promise<unknown> = Promise.resolve()
  try {
    for (const [place, planned] of plan.entries()) {
      await setImmediate()
      signal.throwIfAborted()
      const photo = composePhoto(planned, place, seed, sprites)
      await saving
      saving = savePhoto(folder, stemOf(place), photo)
      saving.catch(() => undefined) // a failure is thrown where it is awaited, not before
      progress(place + 1, photos)
    }
  } finally {
    await saving // nobody writes into the folder any more when it is renamed or removed
  }
  const stems = plan.map((_, place) => stemOf(place))
  const names = sampleClasses.map(({ name }) => name)
  await writeFile(join(folder, 'image_labels.csv'), labelTable(plan, stems, names))
  await writeFile(join(folder, 'labels.txt'), ['background', ...names, ''].join('\n'))
  await writeFile(join(lists, 'train.txt'), listOfStems(stems))
  const classes = names.map((name, index) => ({
    name,
    photos: plan.filter(photo => photo.classes.includes(index)).length,
  }))
  await writeFile(join(folder, 'README.md'), readmeOf(seed, photos, classes))
  return { photos, classes }
}

/** JPEG and mask of one photo; the encoder works in threads of its own while the next photo is drawn. */
async function savePhoto(folder: string, stem: string, photo: ComposedPhoto): Promise<void> {
  const { width, height, rgb, truth, quality } = photo
  const jpeg = sharp(rgb, { raw: { width, height, channels: 3 } }).jpeg({ quality, chromaSubsampling: '4:2:0' })
  await writeFile(join(folder, 'JPEGImages', `${stem}.jpg`), await jpeg.toBuffer())
  await writeFile(join(folder, 'SegmentationClass', `${stem}.png`), encodeLabelPng({ labels: truth, width, height }))
}

function stemOf(place: number): string {
  return `sample_${String(place + 1).padStart(4, '0')}`
}
