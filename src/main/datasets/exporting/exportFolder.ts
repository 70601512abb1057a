import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ExportedFile } from '../../../shared/contract/export'
import { replaceFile } from '../../weights/atomicFile'
import { safeFileName } from './safeFileName'

/**
 * The folder that an export is being written to. Every file appears whole or not at all, so that what an interrupted
 * export left is taken over by the next one; and every file's hash is known at the end.
 */
export class ExportFolder {
  readonly #path: string
  readonly #files = new Map<string, ExportedFile>()
  readonly #folders = new Map<string, Promise<unknown>>()

  constructor(path: string) {
    this.#path = path
  }

  /** All files so far, by path. */
  get files(): readonly ExportedFile[] {
    return [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** Writes a file of `name`, a path with `/`. @param make gives its content; not asked for one that is there already */
  async write(name: string, make: () => Uint8Array | string | Promise<Uint8Array | string>): Promise<void> {
    const path = await this.#place(name)
    const there = await readFile(path).catch(() => undefined)
    const bytes = there ?? Buffer.from(await make())
    if (there === undefined) await replaceFile(path, [bytes], 'derived')
    this.#record(name, bytes.length, createHash('sha256').update(bytes).digest('hex'))
  }

  /** Writes a file that is too large to be held: `fill` gives its pieces in order. */
  async writeInPieces(name: string, fill: (add: (piece: Uint8Array | string) => Promise<void>) => Promise<void>) {
    const path = await this.#place(name)
    const temporary = `${path}.tmp`
    const file = await open(temporary, 'w')
    const writer = new PieceWriter(file)
    try {
      await fill(piece => writer.add(piece))
      await writer.flush()
    } catch (error) {
      await file.close()
      await rm(temporary, { force: true })
      throw error
    }
    await file.close()
    await rename(temporary, path)
    this.#record(name, writer.bytes, writer.hash.digest('hex'))
  }

  async #place(name: string): Promise<string> {
    const path = join(this.#path, ...name.split('/').map(safeFileName))
    const parent = dirname(path)
    const made = this.#folders.get(parent) ?? mkdir(parent, { recursive: true })
    this.#folders.set(parent, made)
    await made
    return path
  }

  #record(path: string, bytes: number, sha256: string): void {
    this.#files.set(path, { path, bytes, sha256 })
  }
}

const PIECE_BYTES = 1 << 20

/** Gathers small pieces before they go to the disk, and hashes them. */
class PieceWriter {
  readonly hash = createHash('sha256')
  bytes = 0
  readonly #file: FileHandle
  #waiting: Uint8Array[] = []
  #waitingBytes = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  async add(piece: Uint8Array | string): Promise<void> {
    const bytes = Buffer.from(piece)
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes >= PIECE_BYTES) await this.flush()
  }

  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    this.hash.update(bytes)
    this.bytes += bytes.length
    await this.#file.writeFile(bytes)
  }
}
