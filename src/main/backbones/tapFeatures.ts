import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../shared/contract/dataset'
import { scaledSize, type Size, sizeWithLongestSide } from '../../shared/raster/size'
import type { CachedFeatures, Copies, FeatureCache } from '../artifacts/featureCache'
import { currentEngine } from '../engine/current'
import { readHalf, uploadHalf, uploadUint8 } from '../engine/transfer'
import { planeOf, type PlaneSize } from '../nn/tensors'
import { resize } from '../nn/layers/resize'
import type { PoolClient } from '../pool/poolClient'
import { readable } from '../pool/readable'
import { type FeatureStatistics, noteUnreadable } from './featureSource'
import type { FrozenTrunk } from './frozenTrunk'
import { normaliseImages } from './network'

/** The normalised photo brought to the deepest grid, kept like a tap. */
const COLOURS = 'colours'

/** One input of a photo. */
export interface TapRequest {
  /** A factor of the input's size at scale 1. */
  readonly scale: number
  readonly copies: Copies
}

/** Features of one input as half floats, not on the device: what a training prefetches. */
export interface StoredTaps {
  /** `[copies, h, w, 3]` on the deepest grid; undefined where colours were not asked for. */
  readonly colours: CachedFeatures | undefined
  /** `[copies, h_i, w_i, channels_i]` in the order data flows, the deepest (narrow) last. */
  readonly taps: readonly CachedFeatures[]
}

/** What was stored, on the device; the caller disposes all. */
export interface UploadedTaps {
  readonly colours: Tensor | undefined
  /** The deepest wide, as a classifier reads it. */
  readonly taps: readonly Tensor[]
}

export interface TapOptions {
  /** Taps beside the deepest features, see `Architecture.stages`. */
  readonly taps: readonly string[]
  readonly colours: boolean
  /** Longest side of the input at scale 1, px; null: as the photo is. */
  readonly longestSide: number | null
}

/**
 * Features of a frozen backbone at several depths, read photo by photo in any order: from the cache where they are, else
 * through the trunk, which fills the cache. The deepest are the very entries that `FeatureSource` reads and writes.
 */
export class TapFeatures {
  readonly statistics: FeatureStatistics = { trunkSeconds: 0, computed: 0, fromCache: 0, unreadable: [] }

  constructor(
    readonly trunk: FrozenTrunk,
    readonly cache: FeatureCache,
    readonly pool: PoolClient,
    readonly options: TapOptions,
    readonly signal: AbortSignal,
  ) {}

  /** Input size of a photo at scale 1. */
  inputOf(photo: Size): Size {
    return sizeWithLongestSide(photo, this.options.longestSide)
  }

  /**
   * Reads what the cache has and computes the rest; the photo is decoded once at most.
   * @returns one a request; undefined for a photo that cannot be read, which `statistics.unreadable` then lists
   */
  async read(image: DatasetImage, requests: readonly TapRequest[]): Promise<readonly StoredTaps[] | undefined> {
    const stored = await Promise.all(requests.map(request => this.#cached(image, request)))
    const lacking = requests.filter((_, i) => stored[i] === undefined)
    this.statistics.fromCache += requests.length - lacking.length
    if (lacking.length === 0) return stored as readonly StoredTaps[]
    const scales = [...new Set(lacking.map(({ scale }) => scale))]
    const pixels = await this.#decode(image, scales)
    if (pixels === undefined) return undefined
    const complete: StoredTaps[] = []
    for (const [i, request] of requests.entries())
      complete.push(stored[i] ?? (await this.#compute(image, request, pixels[scales.indexOf(request.scale)]!)))
    return complete
  }

  /** On the device, the deepest widened by the trunk's last convolution. */
  upload({ colours, taps }: StoredTaps): UploadedTaps {
    const tensors = taps.map(({ data, shape }) => uploadHalf(data, shape))
    const narrow = tensors.pop()!
    const wide = this.trunk.top(narrow)
    narrow.dispose()
    return { colours: colours && uploadHalf(colours.data, colours.shape), taps: [...tensors, wide] }
  }

  /** Names the parts of an input have in the cache; the deepest has none of its own. */
  get #parts(): readonly (string | undefined)[] {
    const { taps, colours } = this.options
    return [...(colours ? [COLOURS] : []), ...taps, undefined]
  }

  async #cached(image: DatasetImage, { scale, copies }: TapRequest): Promise<StoredTaps | undefined> {
    const size = scaledSize(this.inputOf(image), scale)
    const key = { photoSha256: image.sha256, ...size, copies }
    const parts = await Promise.all(this.#parts.map(tap => this.cache.read(tap === undefined ? key : { ...key, tap })))
    return parts.every(part => part !== undefined) ? this.#named(parts) : undefined
  }

  #named(parts: readonly CachedFeatures[]): StoredTaps {
    return this.options.colours ? { colours: parts[0], taps: parts.slice(1) } : { colours: undefined, taps: parts }
  }

  async #decode(image: DatasetImage, scales: readonly number[]) {
    const input = { path: image.path, longestSide: this.options.longestSide, scales }
    const { value, reason } = await readable(this.pool.run('decodeScales', input, this.signal), this.signal)
    if (value === undefined) noteUnreadable(this.statistics, image, reason)
    return value?.images
  }

  /** Through the trunk and into the cache. Rounded to half floats, whether kept or not. */
  async #compute(
    image: DatasetImage,
    { copies }: TapRequest,
    { data, height, width }: Size & { readonly data: Uint8Array },
  ): Promise<StoredTaps> {
    const started = performance.now()
    const features = this.#forward(data, { height, width }, copies)
    this.statistics.computed++
    this.statistics.trunkSeconds += (performance.now() - started) / 1000
    const key = { photoSha256: image.sha256, height, width, copies }
    for (const [i, tap] of this.#parts.entries())
      if (!this.cache.full) await this.cache.write(tap === undefined ? key : { ...key, tap }, features[i]!)
    return this.#named(features)
  }

  #forward(pixels: Uint8Array, { height, width }: PlaneSize, copies: Copies): CachedFeatures[] {
    const { tf } = currentEngine()
    const tensors = tf.tidy(() => {
      const photo = uploadUint8(pixels, [1, height, width, 3])
      const input = copies === 'straight' ? photo : copies === 'mirrored' ? photo.reverse(2) : paired(photo)
      const taps = this.trunk.featuresAt(input, this.options.taps)
      if (!this.options.colours) return taps
      const normalised = normaliseImages(input, this.trunk.architecture)
      return [resize(normalised, planeOf(taps.at(-1)!), 'bilinear-align-corners'), ...taps]
    })
    const features = tensors.map(tensor => ({
      shape: tensor.shape as [number, number, number, number],
      data: readHalf(tensor),
    }))
    for (const tensor of tensors) tensor.dispose()
    return features
  }
}

function paired(photo: Tensor): Tensor {
  return currentEngine().tf.concat([photo, photo.reverse(2)])
}
