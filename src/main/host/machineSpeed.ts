import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { replaceFile } from '../weights/atomicFile'
import { examineInProcess } from './doctorProcess'

/** The doctor takes some seconds; a machine that needs longer is not worth waiting for. */
const patienceMs = 60_000
const referenceGigaflops = 150

const speedSchema = z.object({ library: z.string(), threads: z.number(), gigaflops: z.number().positive() })

/** What is measured: another engine or another number of threads is another machine. */
export interface SpeedOf {
  readonly library: string
  readonly threads: number
}

/** How fast this machine computes, measured once by the doctor in a process of its own and kept in a file. */
export class MachineSpeed {
  readonly #file: string
  #measuring: Promise<number | null> | undefined

  constructor(file: string) {
    this.#file = file
  }

  /** 10⁹ operations a second; null where the engine cannot be examined. */
  async gigaflops(wanted: SpeedOf): Promise<number | null> {
    const known = await this.#read(wanted)
    if (known !== undefined) return known
    this.#measuring ??= this.#measure(wanted).finally(() => (this.#measuring = undefined))
    return this.#measuring
  }

  async #read({ library, threads }: SpeedOf): Promise<number | undefined> {
    try {
      const stored = speedSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')))
      return stored.library === library && stored.threads === threads ? stored.gigaflops : undefined
    } catch {
      return undefined // not measured yet, or of another version: it is measured again
    }
  }

  async #measure(wanted: SpeedOf): Promise<number | null> {
    try {
      const { engine } = await examineInProcess(AbortSignal.timeout(patienceMs))
      if (engine === undefined) return null
      const { gigaflops } = engine.speed
      await mkdir(dirname(this.#file), { recursive: true })
      await replaceFile(this.#file, [Buffer.from(JSON.stringify({ ...wanted, gigaflops }))])
      return gigaflops
    } catch {
      return null // the run itself will say what is wrong with the engine
    }
  }
}

/** How much slower than the reference machine of `engine/speed.ts` a machine of this speed is. */
export function slownessOf(gigaflops: number | null): number | null {
  return gigaflops === null ? null : referenceGigaflops / gigaflops
}
