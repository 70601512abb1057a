import { setImmediate } from 'node:timers/promises'
import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../shared/contract/dataset'
import { scaledSize, type Size, sizeWithLongestSide } from '../../shared/raster/size'
import type { CachedFeatures, Copies, FeatureCache } from '../artifacts/featureCache'
import { currentEngine } from '../engine/current'
import { readHalf, uploadHalf, uploadUint8 } from '../engine/transfer'
import type { PoolClient } from '../pool/poolClient'
import { readable } from '../pool/readable'
import type { FrozenTrunk } from './frozenTrunk'

/** Features of one photo at one scale. */
export interface ScaleFeatures {
  readonly scale: number
  /** Pixels of the resized input. */
  readonly input: Size
  /** `[copies, gridHeight, gridWidth, cachedChannels]`: the photo, then its mirror image where that was asked for. */
  readonly features: Tensor
}

export interface PhotoFeatures {
  readonly image: DatasetImage
  /** Pixels of the input at scale 1. */
  readonly input: Size
  readonly scales: readonly ScaleFeatures[]
}

export interface FeatureRequest {
  readonly scales: readonly number[]
  readonly mirrored: boolean
}

/** What a stream did: the work shared through the cache shows here. */
export interface FeatureStatistics {
  trunkSeconds: number
  /** Inputs through the trunk: a photo at one scale, straight, mirrored, or both as one batch. */
  computed: number
  fromCache: number
  /** Each photo once, however often it was asked for. */
  unreadable: Unreadable[]
}

interface Unreadable {
  readonly image: DatasetImage
  readonly reason: string
}

/** Lists a photo that cannot be read, unless it is. */
export function noteUnreadable({ unreadable }: FeatureStatistics, image: DatasetImage, reason: string): void {
  if (!unreadable.some(({ image: { id } }) => id === image.id)) unreadable.push({ image, reason })
}

interface Prepared {
  readonly image: DatasetImage
  readonly input: Size
  readonly scales: readonly PreparedScale[]
}

interface PreparedScale {
  readonly scale: number
  readonly input: Size
  /** What goes through the trunk together, and what the cache has of it. */
  readonly parts: readonly { readonly copies: Copies; readonly cached: CachedFeatures | undefined }[]
  /** RGB of the resized photo where a copy is missing. */
  readonly pixels?: Uint8Array
}

/**
 * Streams the features of photos, from the cache where they are, else through the trunk, which then fills the cache.
 *
 * Photos are read and resized in the CPU pool ahead of the engine.
 */
export class FeatureSource {
  readonly statistics: FeatureStatistics = { trunkSeconds: 0, computed: 0, fromCache: 0, unreadable: [] }

  constructor(
    readonly trunk: FrozenTrunk,
    readonly cache: FeatureCache,
    readonly pool: PoolClient,
    readonly longestSide: number | null,
    readonly signal: AbortSignal,
  ) {}

  /** Input size of a photo at scale 1. */
  inputOf(photo: Size): Size {
    return sizeWithLongestSide(photo, this.longestSide)
  }

  /**
   * Yields photo by photo, in order; what it yields is disposed when the next is asked for. A photo that cannot be
   * read is left out and, when its turn comes, listed in `statistics.unreadable`.
   */
  async *stream(images: readonly DatasetImage[], request: FeatureRequest): AsyncGenerator<PhotoFeatures> {
    const ahead = this.pool.threads + 2
    const queue: Promise<Prepared | Unreadable>[] = []
    let next = 0
    const refill = () => {
      while (queue.length < ahead && next < images.length) {
        const prepared = this.#prepare(images[next++]!, request)
        prepared.catch(() => undefined) // reported when its turn comes, or not wanted any more
        queue.push(prepared)
      }
    }
    try {
      for (refill(); queue.length > 0; refill()) {
        const prepared = await queue.shift()!
        await setImmediate()
        this.signal.throwIfAborted()
        if ('reason' in prepared) {
          noteUnreadable(this.statistics, prepared.image, prepared.reason)
          continue
        }
        const photo = await this.#compute(prepared)
        try {
          yield photo
        } finally {
          for (const { features } of photo.scales) features.dispose()
        }
      }
    } finally {
      await Promise.allSettled(queue)
    }
  }

  /** Reads what the cache has; what it lacks is decoded and resized. */
  async #prepare(image: DatasetImage, { scales, mirrored }: FeatureRequest): Promise<Prepared | Unreadable> {
    const input = this.inputOf(image)
    const cached = await Promise.all(
      scales.map(async scale => {
        const size = scaledSize(input, scale)
        const parts = partsOf(scale, mirrored).map(async copies => ({
          copies,
          cached: await this.cache.read({ photoSha256: image.sha256, ...size, copies }),
        }))
        return { scale, input: size, parts: await Promise.all(parts) }
      }),
    )
    const lacking = cached.filter(entry => entry.parts.some(part => part.cached === undefined))
    if (lacking.length === 0) return { image, input, scales: cached }
    const wanted = { path: image.path, longestSide: this.longestSide, scales: lacking.map(({ scale }) => scale) }
    const { value, reason } = await readable(this.pool.run('decodeScales', wanted, this.signal), this.signal)
    if (value === undefined) return { image, reason }
    const pixels = new Map(lacking.map(({ scale }, i) => [scale, value.images[i]!.data]))
    return {
      image,
      input,
      scales: cached.map(entry => {
        const data = pixels.get(entry.scale)
        return data === undefined ? entry : { ...entry, pixels: data }
      }),
    }
  }

  async #compute({ image, input, scales }: Prepared): Promise<PhotoFeatures> {
    const done: ScaleFeatures[] = []
    for (const scale of scales) {
      const parts: CachedFeatures[] = []
      for (const { copies, cached } of scale.parts) {
        if (cached !== undefined) this.statistics.fromCache++
        parts.push(cached ?? (await this.#complete(image, scale, copies)))
      }
      done.push({ scale: scale.scale, input: scale.input, features: upload(parts) })
    }
    return { image, input, scales: done }
  }

  /** Through the trunk, and into the cache. */
  async #complete(image: DatasetImage, { input, pixels }: PreparedScale, copies: Copies): Promise<CachedFeatures> {
    const features = this.#forward(pixels!, input, copies)
    if (!this.cache.full) await this.cache.write({ photoSha256: image.sha256, ...input, copies }, features)
    return features
  }

  /** Rounded to half floats, whether kept or not: maps must not depend on what the cache happened to hold. */
  #forward(pixels: Uint8Array, { height, width }: Size, copies: Copies): CachedFeatures {
    const { tf } = currentEngine()
    const started = performance.now()
    const photo = uploadUint8(pixels, [1, height, width, 3])
    const input = tf.tidy(() => {
      if (copies === 'straight') return photo.clone()
      return copies === 'mirrored' ? photo.reverse(2) : tf.concat([photo, photo.reverse(2)])
    })
    const features = this.trunk.features(input)
    const shape = features.shape as [number, number, number, number]
    const data = readHalf(features)
    for (const tensor of [photo, input, features]) tensor.dispose()
    this.statistics.computed++
    this.statistics.trunkSeconds += (performance.now() - started) / 1000
    return { shape, data }
  }
}

/**
 * What goes through the trunk together. Photo and mirror image make one batch, a tenth faster than two; but at scale 1
 * the photo alone is what the classifier and the clustering read, and nothing is to be computed twice.
 */
function partsOf(scale: number, mirrored: boolean): readonly Copies[] {
  if (!mirrored) return ['straight']
  return scale === 1 ? ['straight', 'mirrored'] : ['pair']
}

/** The parts one after the other, `[copies, height, width, channels]`, float32. */
function upload(parts: readonly CachedFeatures[]): Tensor {
  const [, height, width, channels] = parts[0]!.shape
  const copies = parts.reduce((sum, { shape }) => sum + shape[0], 0)
  const data = new Uint16Array(copies * height * width * channels)
  let offset = 0
  for (const part of parts) {
    data.set(part.data, offset)
    offset += part.data.length
  }
  return uploadHalf(data, [copies, height, width, channels])
}
