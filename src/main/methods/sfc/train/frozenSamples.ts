import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { DatasetImage } from '../../../../shared/contract/dataset'
import { WorkbenchError } from '../../../../shared/errors'
import type { CachedFeatures, Copies } from '../../../artifacts/featureCache'
import type { StoredTaps, TapFeatures, TapRequest } from '../../../backbones/tapFeatures'
import type { BankSample, ImageBank } from '../../../nn/imageBank'
import { prefetch } from '../../../nn/prefetch'
import { keyedGenerator } from '../../../nn/random'
import type { MethodContext } from '../../context'
import type { SfcOptions } from './options'

/** One photo as a step sees it. */
export interface FrozenSample {
  /** Its features at scale 1 and, where there is a scale loss, at half the size. */
  readonly scales: readonly StoredTaps[]
  /** Class indices. */
  readonly labels: readonly number[]
  /** How often the step has it: the bank mostly draws what its batch has just brought. */
  readonly times: number
}

/** Half the size in the scale loss: a photo of its own here, where the code shrinks the crop (see the README). */
const HALF = 0.5

type SampleOptions = Pick<SfcOptions, 'mirrored' | 'scaleLoss'>

/** Computes what the steps will read of every photo. @returns the photos that can be read, in order */
export async function prepareFeatures(
  source: TapFeatures,
  options: SampleOptions,
  context: MethodContext,
  each: (image: DatasetImage, straight: StoredTaps) => void,
): Promise<readonly DatasetImage[]> {
  const { images } = context.dataset
  const requests = [false, ...(options.mirrored ? [true] : [])].flatMap(mirror => requestsOf(options, mirror))
  const range = { from: 0, to: images.length, ahead: context.pool.threads + 2 }
  const readable: DatasetImage[] = []
  let done = 0
  for await (const stored of prefetch(index => source.read(images[index]!, unique(requests)), range)) {
    await context.checkpoint()
    const image = images[done]!
    if (stored !== undefined) {
      readable.push(image)
      each(image, stored[0]!)
    }
    context.progress({ done: ++done, total: images.length, unit: 'photos', stage: 'features' })
  }
  return readable
}

/** The samples of a step: its batch, then what the bank adds. Depends on the step and the seed alone. */
export async function frozenStep(
  source: TapFeatures,
  images: readonly DatasetImage[],
  bank: ImageBank,
  { options, seed }: { readonly options: SampleOptions; readonly seed: number },
  step: number,
): Promise<readonly FrozenSample[]> {
  const drawn = new Map<string, { readonly image: DatasetImage; readonly mirror: boolean; times: number }>()
  for (const sample of bank.samplesAt(step)) {
    const image = images[sample.photo]!
    const mirror = options.mirrored && isMirrored(sample, image, seed)
    const key = `${image.id} ${mirror}`
    const before = drawn.get(key)
    if (before === undefined) drawn.set(key, { image, mirror, times: 1 })
    else before.times++
  }
  return Promise.all(
    [...drawn.values()].map(async ({ image, mirror, times }) => {
      const scales = await readSample(source, image, options, mirror)
      return { scales, labels: image.labels, times }
    }),
  )
}

async function readSample(
  source: TapFeatures,
  image: DatasetImage,
  options: SampleOptions,
  mirror: boolean,
): Promise<readonly StoredTaps[]> {
  const stored = await source.read(image, requestsOf(options, mirror))
  if (stored !== undefined) return stored.map(taps => pickCopy(taps, mirror ? 1 : 0))
  throw new WorkbenchError(
    'FILE_UNREADABLE',
    `${image.stem} can no longer be read: it could when the training began. Put the file back, then resume.`,
  )
}

function isMirrored({ epoch }: BankSample, { id }: DatasetImage, seed: number): boolean {
  return uniformInt(keyedGenerator('mirror', seed, epoch, id), 0, 1) === 1
}

/** As the maps ask for them, so that the cache serves both: apart at scale 1, together elsewhere. */
function requestsOf({ mirrored, scaleLoss }: SampleOptions, mirror: boolean): TapRequest[] {
  const half: Copies = mirrored ? 'pair' : 'straight'
  return [
    { scale: 1, copies: mirror ? 'mirrored' : 'straight' },
    ...(scaleLoss > 0 ? [{ scale: HALF, copies: half }] : []),
  ]
}

function unique(requests: readonly TapRequest[]): readonly TapRequest[] {
  return requests.filter(
    (request, i) =>
      requests.findIndex(({ scale, copies }) => scale === request.scale && copies === request.copies) === i,
  )
}

/** One of two copies; what has one copy stays as it is. */
function pickCopy({ colours, taps }: StoredTaps, copy: number): StoredTaps {
  return { colours: colours && copyOf(colours, copy), taps: taps.map(tap => copyOf(tap, copy)) }
}

function copyOf({ shape, data }: CachedFeatures, copy: number): CachedFeatures {
  const [copies, height, width, channels] = shape
  if (copies === 1) return { shape, data }
  const size = height * width * channels
  return { shape: [1, height, width, channels], data: data.subarray(copy * size, (copy + 1) * size) }
}
