import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ExportedFile } from '../../../shared/contract/export'
import { replaceFile } from '../../weights/atomicFile'
import type { FinishedPieces } from './finishedPieces'
import { safeFileName } from './safeFileName'

type Content = Uint8Array | string

/** What is noted of a file that is finished. */
interface FinishedFile extends Omit<ExportedFile, 'path'> {
  readonly said: unknown
}

/**
 * The folder that an export is being written to. Every file appears whole or not at all and is noted with its hash, so
 * that what an interrupted export finished is taken over by the next one: it is not made again.
 */
export class ExportFolder {
  readonly #path: string
  readonly #finished: FinishedPieces
  readonly #files = new Map<string, ExportedFile>()
  readonly #folders = new Map<string, Promise<unknown>>()

  constructor(path: string, finished: FinishedPieces) {
    this.#path = path
    this.#finished = finished
  }

  /** All files so far, by path. */
  get files(): readonly ExportedFile[] {
    return [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** Writes a file of `name`, a path with `/`. @param make gives its content; not asked for one that is finished */
  async write(name: string, make: () => Content | Promise<Content>): Promise<void> {
    await this.writeSaying(name, async () => ({ content: await make(), said: null }))
  }

  /** Writes a file of `name`. @returns what `make` said beside its content, now or when an earlier attempt asked it */
  async writeSaying<Said>(
    name: string,
    make: () => Promise<{ readonly content: Content; readonly said: Said }>,
  ): Promise<Said> {
    const path = await this.#place(name)
    const finished = await this.#finished.find<FinishedFile & { readonly said: Said }>(name)
    if (finished !== undefined && (await hashOfFile(path)) === finished.sha256) {
      this.#record(name, finished.bytes, finished.sha256)
      return finished.said
    }
    const { content, said } = await make()
    const bytes = Buffer.from(content)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await replaceFile(path, [bytes], 'derived')
    await this.#finished.note(name, { bytes: bytes.length, sha256, said } satisfies FinishedFile)
    this.#record(name, bytes.length, sha256)
    return said
  }

  /**
   * What `make` gives for a piece of a file that is written in pieces; an earlier attempt's is taken over, and the file
   * put together anew. @param name of no file
   */
  async keep<Piece>(name: string, make: () => Promise<Piece>): Promise<Piece> {
    const finished = await this.#finished.find<Piece>(name)
    if (finished !== undefined) return finished
    const piece = await make()
    await this.#finished.note(name, piece)
    return piece
  }

  /** Writes a file that is too large to be held: `fill` gives its pieces in order. */
  async writeInPieces(name: string, fill: (add: (piece: Content) => Promise<void>) => Promise<void>) {
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

/** Undefined where there is none. Files that are written whole are small. */
async function hashOfFile(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
  } catch {
    return undefined // it is made, and what is wrong with the place is told then
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

  async add(piece: Content): Promise<void> {
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
