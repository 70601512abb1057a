import { open, type FileHandle } from 'node:fs/promises'

interface Line {
  /** Byte where it begins. */
  readonly at: number
  readonly bytes: number
}

/**
 * What of an export is finished, as its folder notes it while it is written: a line `["name",value]` a piece. An export
 * that was killed or failed reads it, so that no piece is made twice.
 *
 * Values are read when they are asked for: those of 100,000 photos would not fit the memory. Who writes to the file is
 * who reads it (`replaceFolder` compares identities), so its values are what they were.
 */
export class FinishedPieces {
  readonly #file: FileHandle
  readonly #lines: ReadonlyMap<string, Line>
  #waiting = ''
  #writing: Promise<void> = Promise.resolve()

  private constructor(file: FileHandle, lines: ReadonlyMap<string, Line>) {
    this.#file = file
    this.#lines = lines
  }

  /** Opens or begins the file at `path`. What a kill broke off at its end is cut away. */
  static async open(path: string): Promise<FinishedPieces> {
    const file = await open(path, 'a+')
    try {
      return new FinishedPieces(file, await readLines(file))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** What an earlier attempt noted of `name`; undefined where it did not come to it. */
  async find<Value>(name: string): Promise<Value | undefined> {
    const line = this.#lines.get(name)
    if (line === undefined) return undefined
    const { buffer } = await this.#file.read(Buffer.alloc(line.bytes), 0, line.bytes, line.at)
    const [, value] = JSON.parse(buffer.toString('utf8')) as [string, Value]
    return value
  }

  /** Resolves when `value`, which JSON must be able to say, is handed to the system. */
  note(name: string, value: unknown): Promise<void> {
    this.#waiting += `${JSON.stringify([name, value])}\n`
    this.#writing = this.#writing.then(() => this.#flush())
    return this.#writing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }

  /** Notes that came while others were written go together. */
  async #flush(): Promise<void> {
    const lines = this.#waiting
    this.#waiting = ''
    if (lines !== '') await this.#file.appendFile(lines)
  }
}

/** Where the lines lie, by name. Behind the last whole one the file is cut off. */
async function readLines(file: FileHandle): Promise<ReadonlyMap<string, Line>> {
  const lines = new Map<string, Line>()
  const { size } = await file.stat()
  let at = 0
  if (size > 0)
    for await (const text of file.readLines({ start: 0, autoClose: false })) {
      const bytes = Buffer.byteLength(text)
      const name = nameOf(text)
      if (name === undefined || at + bytes === size) break
      lines.set(name, { at, bytes })
      at += bytes + 1
    }
  if (at < size) await file.truncate(at)
  return lines
}

function nameOf(line: string): string | undefined {
  try {
    return (JSON.parse(line) as [string])[0]
  } catch {
    return undefined // a power cut leaves zeros
  }
}
