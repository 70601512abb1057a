import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { replaceFile } from '../weights/atomicFile'
import { projectKey } from './projectKey'

const mostRecents = 50

const recentSchema = z.object({ folder: z.string(), openedAt: z.number() })
export type RecentProject = z.output<typeof recentSchema>

/** The projects opened on this machine, newest first, in a file of the user's data folder. */
export class RecentProjects {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** A file that is missing or damaged is an empty list: it holds nothing that cannot be opened again. */
  list(): readonly RecentProject[] {
    try {
      return z.array(recentSchema).parse(JSON.parse(readFileSync(this.#file, 'utf8')))
    } catch {
      return []
    }
  }

  find(key: string): RecentProject | undefined {
    return this.list().find(({ folder }) => projectKey(folder) === key)
  }

  async opened(folder: string): Promise<void> {
    await this.#store([{ folder, openedAt: Date.now() }, ...this.#without(folder)].slice(0, mostRecents))
  }

  /** Only the list forgets it: the project stays where it is. */
  async forget(folder: string): Promise<void> {
    await this.#store(this.#without(folder))
  }

  #without(folder: string): readonly RecentProject[] {
    return this.list().filter(recent => recent.folder !== folder)
  }

  async #store(recents: readonly RecentProject[]): Promise<void> {
    mkdirSync(dirname(this.#file), { recursive: true })
    await replaceFile(this.#file, [Buffer.from(JSON.stringify(recents, null, 2))])
  }
}
