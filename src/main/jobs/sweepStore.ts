import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SubsetSweep } from '../../shared/contract/thresholdSweep'
import { writeOutput } from '../artifacts/writeOutput'

/** Sweeps kept in memory: enough for going back and forth between subsets. */
const remembered = 30

/**
 * Finished sweeps by the hash of what they are of, so that the same question is answered at once: in memory, and as
 * files in the project's cache folder, which may be deleted at any time.
 */
export class SweepStore {
  readonly #folder: string
  readonly #readOnly: boolean
  readonly #sweeps = new Map<string, SubsetSweep>()

  constructor({ cacheFolder, readOnly }: { readonly cacheFolder: string; readonly readOnly: boolean }) {
    this.#folder = join(cacheFolder, 'sweeps')
    this.#readOnly = readOnly
  }

  async find(hash: string): Promise<SubsetSweep | undefined> {
    const held = this.#sweeps.get(hash)
    if (held) return held
    try {
      const sweep = JSON.parse(await readFile(this.#path(hash), 'utf8')) as SubsetSweep
      this.#remember(sweep)
      return sweep
    } catch {
      return undefined // none, or damaged: it is measured again
    }
  }

  async keep(sweep: SubsetSweep): Promise<void> {
    this.#remember(sweep)
    if (this.#readOnly) return
    await mkdir(this.#folder, { recursive: true })
    await writeOutput(this.#path(sweep.hash), Buffer.from(JSON.stringify(sweep)))
  }

  #remember(sweep: SubsetSweep): void {
    this.#sweeps.set(sweep.hash, sweep)
    for (const hash of [...this.#sweeps.keys()].slice(0, -remembered)) this.#sweeps.delete(hash)
  }

  #path(hash: string): string {
    return join(this.#folder, `${hash}.json`)
  }
}
