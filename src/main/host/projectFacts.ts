import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { latestVersion } from '../db/migrate'
import { openProject, type Project } from '../db/open'
import { toErrorData, type ErrorCode } from '../../shared/errors'

/** What the list of projects shows of one. */
export interface ProjectFacts {
  readonly photos: number
  readonly classes: number
  readonly runs: number
  /** Some photos whose small pictures stand for the project. */
  readonly covers: readonly { readonly id: number; readonly sha256: string }[]
  /** Made by a later Maskwright: it can only be looked at. */
  readonly newer: boolean
}

/** Facts of a project, or why there are none: it is gone, damaged, of another version … */
export type KnownFacts = { readonly facts: ProjectFacts } | { readonly problem: ErrorCode }

interface Cached {
  readonly stamp: string
  readonly known: KnownFacts
}

/** Facts of projects that are not open here; a project is looked into again when its database has changed. */
export class ProjectFactsCache {
  readonly #cached = new Map<string, Cached>()

  async of(folder: string): Promise<KnownFacts> {
    const stamp = await stampOf(folder)
    const cached = this.#cached.get(folder)
    if (cached?.stamp === stamp) return cached.known
    const known = look(folder)
    this.#cached.set(folder, { stamp, known })
    return known
  }
}

const shownCovers = 4

export function factsOf({ images, classes, runs, schema }: Project): ProjectFacts {
  return {
    photos: images.count(),
    classes: classes.list().length,
    runs: runs.count(),
    covers: images.page({ limit: shownCovers }).map(({ id, sha256 }) => ({ id, sha256 })),
    newer: schema > latestVersion,
  }
}

function look(folder: string): KnownFacts {
  try {
    const project = openProject(folder, { readOnly: true })
    try {
      return { facts: factsOf(project) }
    } finally {
      project.close()
    }
  } catch (error) {
    return { problem: toErrorData(error).code }
  }
}

/** Size and time of the database and its log: what changes with every change. */
async function stampOf(folder: string): Promise<string> {
  const files = ['project.sqlite', 'project.sqlite-wal'].map(async name => {
    const stats = await stat(join(folder, name)).catch(() => undefined)
    return stats === undefined ? '-' : `${stats.size}:${stats.mtimeMs}`
  })
  return (await Promise.all(files)).join(' ')
}
