import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../artifacts/makeFolder'
import { writeOutput } from '../artifacts/writeOutput'

/** Results of one kind that are kept in memory: enough for going back and forth between questions. */
const remembered = 30

/** What was measured on stored maps, and the hash of everything that it was measured on. */
export interface HashedResult {
  readonly hash: string
}

interface CachingProject {
  readonly cacheFolder: string
  readonly readOnly: boolean
}

/**
 * Finished measurements by the hash of what they are of, so that the same question is answered at once: in memory, and
 * as files in the project's cache folder, which may be deleted at any time.
 */
export class ResultStore<Result extends HashedResult> {
  readonly #cacheFolder: string
  readonly #kind: string
  readonly #readOnly: boolean
  readonly #results = new Map<string, Result>()

  /** @param kind the folder's name inside the cache, such as `sweeps` */
  constructor({ cacheFolder, readOnly }: CachingProject, kind: string) {
    this.#cacheFolder = cacheFolder
    this.#kind = kind
    this.#readOnly = readOnly
  }

  async find(hash: string): Promise<Result | undefined> {
    const held = this.#results.get(hash)
    if (held) return held
    try {
      const result = JSON.parse(await readFile(this.#path(hash), 'utf8')) as Result
      this.#remember(result)
      return result
    } catch {
      return undefined // none, or damaged: it is measured again
    }
  }

  async keep(result: Result): Promise<void> {
    this.#remember(result)
    if (this.#readOnly) return
    await makeFolder(this.#cacheFolder, this.#kind)
    await writeOutput(this.#path(result.hash), Buffer.from(JSON.stringify(result)))
  }

  #remember(result: Result): void {
    this.#results.set(result.hash, result)
    for (const hash of [...this.#results.keys()].slice(0, -remembered)) this.#results.delete(hash)
  }

  #path(hash: string): string {
    return join(this.#cacheFolder, this.#kind, `${hash}.json`)
  }
}
