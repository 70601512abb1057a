import { setImmediate } from 'node:timers/promises'
import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../shared/contract/dataset'
import { toErrorData } from '../../shared/errors'
import { scaledSize, type Size, sizeWithLongestSide } from '../../shared/raster/size'
import type { CachedFeatures, FeatureCache } from '../artifacts/featureCache'
import { readHalf, uploadHalf, uploadUint8 } from '../engine/transfer'
import type { PoolClient } from '../pool/poolClient'
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
  /** Inputs through the trunk: a photo at one scale, straight or mirrored. */
  computed: number
  fromCache: number
  unreadable: { readonly image: DatasetImage; readonly reason: string }[]
}

interface Prepared {
  readonly image: DatasetImage
  readonly input: Size
  readonly scales: readonly PreparedScale[]
}

interface PreparedScale {
  readonly scale: number
  readonly input: Size
  /** One entry a copy: cached features, or nothing. */
  readonly cached: readonly (CachedFeatures | undefined)[]
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
   * read is left out and listed in `statistics.unreadable`.
   */
  async *stream(images: readonly DatasetImage[], request: FeatureRequest): AsyncGenerator<PhotoFeatures> {
    const ahead = this.pool.threads + 2
    const queue: Promise<Prepared | undefined>[] = []
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
        if (prepared === undefined) continue
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
  async #prepare(image: DatasetImage, { scales, mirrored }: FeatureRequest): Promise<Prepared | undefined> {
    const input = this.inputOf(image)
    const cached = await Promise.all(
      scales.map(async scale => {
        const size = scaledSize(input, scale)
        const copies = mirrored ? [false, true] : [false]
        const found = copies.map(copy => this.cache.read({ photoSha256: image.sha256, ...size, mirrored: copy }))
        return { scale, input: size, cached: await Promise.all(found) }
      }),
    )
    const lacking = cached.filter(entry => entry.cached.includes(undefined))
    if (lacking.length === 0) return { image, input, scales: cached }
    try {
      const { images } = await this.pool.run(
        'decodeScales',
        { path: image.path, longestSide: this.longestSide, scales: lacking.map(({ scale }) => scale) },
        this.signal,
      )
      const pixels = new Map(lacking.map(({ scale }, i) => [scale, images[i]!.data]))
      return {
        image,
        input,
        scales: cached.map(entry => {
          const data = pixels.get(entry.scale)
          return data === undefined ? entry : { ...entry, pixels: data }
        }),
      }
    } catch (error) {
      this.signal.throwIfAborted()
      const { code, message } = toErrorData(error)
      if (code !== 'FILE_UNREADABLE' && code !== 'BAD_INPUT') throw error
      this.statistics.unreadable.push({ image, reason: message })
      return undefined
    }
  }

  async #compute({ image, input, scales }: Prepared): Promise<PhotoFeatures> {
    const done: ScaleFeatures[] = []
    for (const scale of scales) {
      const copies = scale.pixels === undefined ? scale.cached : await this.#complete(image, scale, scale.pixels)
      this.statistics.fromCache += scale.cached.filter(copy => copy !== undefined).length
      done.push({ scale: scale.scale, input: scale.input, features: uploadCopies(copies as CachedFeatures[]) })
    }
    return { image, input, scales: done }
  }

  /** The copies the cache has, and the others through the trunk, which fills the cache. */
  async #complete(
    image: DatasetImage,
    { input, cached }: PreparedScale,
    pixels: Uint8Array,
  ): Promise<CachedFeatures[]> {
    const copies: CachedFeatures[] = []
    for (const [copy, found] of cached.entries()) {
      const features = found ?? this.#forward(pixels, input, copy === 1)
      copies.push(features)
      if (found === undefined && !this.cache.full)
        await this.cache.write({ photoSha256: image.sha256, ...input, mirrored: copy === 1 }, features)
    }
    return copies
  }

  /**
   * One copy through the trunk, by itself and rounded to half floats, whether it will be kept or not: sums of two
   * photos in one batch come out in another order, and maps must not depend on what the cache happened to hold.
   */
  #forward(pixels: Uint8Array, { height, width }: Size, mirrored: boolean): CachedFeatures {
    const started = performance.now()
    const photo = uploadUint8(pixels, [1, height, width, 3])
    const input = mirrored ? photo.reverse(2) : photo
    const features = this.trunk.features(input)
    const [, gridHeight, gridWidth, channels] = features.shape as [number, number, number, number]
    const data = readHalf(features)
    for (const tensor of new Set([photo, input, features])) tensor.dispose()
    this.statistics.computed++
    this.statistics.trunkSeconds += (performance.now() - started) / 1000
    return { shape: [gridHeight, gridWidth, channels], data }
  }
}

/** `[copies, height, width, channels]`, float32. */
function uploadCopies(copies: readonly CachedFeatures[]): Tensor {
  const [height, width, channels] = copies[0]!.shape
  const data = new Uint16Array(copies.length * height * width * channels)
  copies.forEach((copy, i) => data.set(copy.data, i * copy.data.length))
  return uploadHalf(data, [copies.length, height, width, channels])
}
