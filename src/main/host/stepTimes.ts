import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { StepRecord } from '../jobs/stepRecord'
import { replaceFile } from '../weights/atomicFile'

const mostRecords = 100

interface KeptRecord {
  readonly project: string
  readonly record: StepRecord
}

/** What steps of any project took on this machine, so that a new project's first run is estimated well too. */
export class StepTimes {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** Of all projects but one, whose own rows say it better. The newest first. */
  others(project: string): readonly StepRecord[] {
    return this.#read().flatMap(kept => (kept.project === project ? [] : [kept.record]))
  }

  /** Takes the place of what was kept of the project. */
  async keep(project: string, records: readonly StepRecord[]): Promise<void> {
    const kept = [
      ...records.map(record => ({ project, record })),
      ...this.#read().filter(other => other.project !== project),
    ]
    mkdirSync(dirname(this.#file), { recursive: true })
    await replaceFile(this.#file, [Buffer.from(JSON.stringify({ version, kept: kept.slice(0, mostRecords) }))])
  }

  /** A file that is missing, damaged or of another version is an empty one: estimates are vaguer then. */
  #read(): readonly KeptRecord[] {
    try {
      const stored = JSON.parse(readFileSync(this.#file, 'utf8')) as { version: number; kept: KeptRecord[] }
      return stored.version === version ? stored.kept : []
    } catch {
      return []
    }
  }
}

/** Of the file's form: work is counted another way in another version, so that rates would not fit. */
const version = 1
