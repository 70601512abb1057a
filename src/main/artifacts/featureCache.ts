import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { processIsAlive } from '../processIsAlive'
import { folderBytes } from './folderBytes'
import { makeFolder } from './makeFolder'

/** The photo, its mirror image, or both as one batch: the three come out differently in the last bit. */
export type Copies = 'straight' | 'mirrored' | 'pair'

/** Which features: one photo at one input size. */
export interface FeatureKey {
  readonly photoSha256: string
  readonly height: number
  readonly width: number
  readonly copies: Copies
  /** Where in the trunk, for features read at several depths; left out: the deepest. */
  readonly tap?: string
}

/** Half floats of one photo's feature grid, `[copies, height, width, channels]`. */
export interface CachedFeatures {
  readonly shape: readonly [copies: number, height: number, width: number, channels: number]
  readonly data: Uint16Array
}

const MAGIC = 0x4d574632 // 'MWF2'
const HEADER_BYTES = 20

/**
 * Features of photos on disk, as half floats, so that no photo goes through the trunk twice at one scale.
 *
 * One folder a trunk (named by the hash of its weights), one file a photo, size and copies. The folder may be deleted
 * at any time. Beyond `budgetBytes` nothing more is kept, and `full` says so.
 */
export class FeatureCache {
  #bytes: number
  #full = false

  private constructor(
    readonly folder: string,
    readonly budgetBytes: number,
    bytes: number,
  ) {
    this.#bytes = bytes
  }

  /** @param root the project's cache folder @param trunk hash of the trunk's weights */
  static async open(root: string, trunk: string, budgetBytes: number): Promise<FeatureCache> {
    const folder = await makeFolder(root, 'features', trunk)
    await removeAbandoned(folder)
    return new FeatureCache(folder, budgetBytes, await folderBytes(root))
  }

  /** Bytes that the project's whole cache takes on disk: features, and pictures of photos. */
  get bytes(): number {
    return this.#bytes
  }

  /** True once something was not kept for want of room. */
  get full(): boolean {
    return this.#full
  }

  /** The stored features, or undefined where there are none. A damaged file is deleted and counts as none. */
  async read(key: FeatureKey): Promise<CachedFeatures | undefined> {
    const path = this.#path(key)
    const bytes = await readFile(path).catch(error => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw new WorkbenchError('FILE_UNREADABLE', `Cannot read the cached features ${path}`, { cause: error })
    })
    if (bytes === undefined) return undefined
    const parsed = parse(bytes)
    if (parsed === undefined) await rm(path, { force: true })
    return parsed
  }

  /** Keeps features, unless the budget is used up. */
  async write(key: FeatureKey, features: CachedFeatures): Promise<void> {
    const size = HEADER_BYTES + features.data.byteLength
    if (this.#bytes + size > this.budgetBytes) {
      this.#full = true
      return
    }
    this.#bytes += size
    const path = this.#path(key)
    const temporary = `${path}.${process.pid}.part`
    await writeFile(temporary, serialize(features))
    await rename(temporary, path)
  }

  #path({ photoSha256, height, width, copies, tap }: FeatureKey): string {
    const place = tap === undefined ? '' : `-${tap}`
    return join(this.folder, `${photoSha256.slice(0, 32)}-${height}x${width}-${copies}${place}.f16`)
  }
}

/** Files `<name>.<process>.part` that a process was writing when it was killed. */
async function removeAbandoned(folder: string): Promise<void> {
  const abandoned = (await readdir(folder)).filter(name => {
    const writer = /\.(\d+)\.part$/.exec(name)?.[1]
    return writer !== undefined && !processIsAlive(Number(writer))
  })
  await Promise.all(abandoned.map(name => rm(join(folder, name), { force: true })))
}

function serialize({ shape, data }: CachedFeatures): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + data.byteLength)
  new Uint32Array(bytes.buffer, 0, 5).set([MAGIC, ...shape])
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), HEADER_BYTES)
  return bytes
}

function parse(bytes: Buffer): CachedFeatures | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) !== MAGIC) return undefined
  const shape = [4, 8, 12, 16].map(offset => bytes.readUInt32LE(offset)) as [number, number, number, number]
  if (bytes.length !== HEADER_BYTES + shape.reduce((product, n) => product * n, 2)) return undefined
  const data = new Uint8Array(bytes.length - HEADER_BYTES)
  data.set(bytes.subarray(HEADER_BYTES))
  return { shape, data: new Uint16Array(data.buffer) }
}
