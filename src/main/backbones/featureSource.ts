import { setImmediate } from 'node:timers/promises'
import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../shared/contract/dataset'
import { toErrorData } from '../../shared/errors'
import { scaledSize, type Size, sizeWithLongestSide } from '../../shared/raster/size'
import type { CachedFeatures, FeatureCache } from '../artifacts/featureCache'
import { currentEngine } from '../engine/current'
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
      while (queue.length < ahead && next < images.length) queue.push(this.#prepare(images[next++]!, request))
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
      const features =
        scale.pixels === undefined ? this.#upload(scale) : await this.#forward(image, scale, scale.pixels)
      done.push({ scale: scale.scale, input: scale.input, features })
    }
    return { image, input, scales: done }
  }

  #upload({ cached }: PreparedScale): Tensor {
    this.statistics.fromCache++
    const [height, width, channels] = cached[0]!.shape
    const data = new Uint16Array(cached.length * height * width * channels)
    cached.forEach((copy, i) => data.set(copy!.data, i * copy!.data.length))
    return uploadHalf(data, [cached.length, height, width, channels])
  }

  async #forward(image: DatasetImage, { input, cached }: PreparedScale, pixels: Uint8Array): Promise<Tensor> {
    const { tf } = currentEngine()
    const started = performance.now()
    const photo = uploadUint8(pixels, [1, input.height, input.width, 3])
    const batch = cached.length === 1 ? photo : tf.tidy(() => tf.concat([photo, photo.reverse(2)]))
    const features = this.trunk.features(batch)
    if (batch !== photo) photo.dispose()
    batch.dispose()
    const shape = features.shape as [number, number, number, number]
    // Rounded to half floats always, kept or not: maps do not depend on what the cache happened to hold.
    const half = readHalf(features)
    features.dispose()
    this.statistics.computed++
    this.statistics.trunkSeconds += (performance.now() - started) / 1000
    await this.#store(image, input, cached, half, shape)
    return uploadHalf(half, shape)
  }

  async #store(
    image: DatasetImage,
    input: Size,
    cached: PreparedScale['cached'],
    half: Uint16Array,
    [, height, width, channels]: readonly [number, number, number, number],
  ): Promise<void> {
    const count = height * width * channels
    for (const [copy, found] of cached.entries()) {
      if (found !== undefined) continue
      const data = half.subarray(copy * count, (copy + 1) * count)
      await this.cache.write(
        { photoSha256: image.sha256, ...input, mirrored: copy === 1 },
        { shape: [height, width, channels], data },
      )
    }
  }
}
