import { WorkbenchError } from '../../shared/errors'
import type { ImportCounts, ImportedPhoto, ImportStore, KnownPhoto } from '../../shared/contract/import'
import type { LabelState } from '../../shared/contract/states'
import type { ClassRepo } from './classRepo'
import { inTransaction } from './database'
import type { Database } from './database'
import type { ImageRepo } from './imageRepo'
import type { LabelRepo } from './labelRepo'
import type { MaskRepo } from './maskRepo'
import type { ImageRow, NewImage } from './schema'
import type { SourceAnnotationRepo } from './sourceAnnotationRepo'
import { absolutePath, storedPath } from './storedPath'

type Outcome = keyof ImportCounts & string

interface Repos {
  readonly folder: string
  readonly classes: ClassRepo
  readonly images: ImageRepo
  readonly labels: LabelRepo
  readonly masks: MaskRepo
  readonly annotations: SourceAnnotationRepo
}

/** The project as importers see it: what is known, and one transaction that takes everything. */
export class ImportRepo implements ImportStore {
  readonly #database: Database
  readonly #repos: Repos

  constructor(database: Database, repos: Repos) {
    this.#database = database
    this.#repos = repos
  }

  classes(): readonly string[] {
    return this.#repos.classes.names()
  }

  known(): ReadonlyMap<string, KnownPhoto> {
    const rows = this.#repos.images.all()
    return new Map(rows.map(row => [row.stem, { ...row, path: absolutePath(this.#repos.folder, row.path) }]))
  }

  store(classes: readonly string[], photos: readonly ImportedPhoto[]): ImportCounts {
    return inTransaction(this.#database, () => {
      this.#setClasses(classes)
      const classIds = this.#repos.classes.list().map(row => row.id)
      const before = new Map(this.#repos.images.all().map(row => [row.stem, row]))
      const counts: Record<Outcome, number> = { imported: 0, updated: 0, unchanged: 0 }
      for (const photo of photos) counts[this.#storePhoto(photo, classIds, before.get(photo.stem))]++
      return counts
    })
  }

  /** Label maps hold places, so the list never changes once there are photos. */
  #setClasses(classes: readonly string[]): void {
    const current = this.#repos.classes.names()
    if (current.length === 0) this.#repos.classes.append(classes)
    else if (current.join('\n') !== classes.join('\n'))
      throw new WorkbenchError(
        'CONFLICT',
        `This project's classes are ${current.join(', ')}; the import was made for ${classes.join(', ')}.`,
      )
  }

  #storePhoto(photo: ImportedPhoto, classIds: readonly number[], before: ImageRow | undefined): Outcome {
    const { images, labels, masks, annotations } = this.#repos
    const values = imageValues(this.#repos.folder, photo)
    const states = labelStatesOf(photo, classIds)
    if (!before) {
      const id = images.insert(values)
      labels.addGiven(id, states)
      if (photo.truth) masks.addTruth(id, photo.truth)
      if (photo.annotation) annotations.set(id, photo.annotation)
      return 'imported'
    }
    const changedFile = !sameImage(before, values)
    if (changedFile) images.update(before.id, values)
    const changedLabels = labels.setGiven(before.id, states)
    const changedTruth = photo.truth !== undefined && masks.setTruth(before.id, photo.truth)
    const changedAnnotation = photo.annotation !== undefined && annotations.set(before.id, photo.annotation)
    return changedFile || changedLabels || changedTruth || changedAnnotation ? 'updated' : 'unchanged'
  }
}

function imageValues(folder: string, photo: ImportedPhoto): NewImage {
  const { stem, width, height, bytes, mtimeMs, sha256, split } = photo
  return { stem, width, height, bytes, mtimeMs, sha256, split, path: storedPath(folder, photo.path) }
}

function sameImage(row: ImageRow, values: NewImage): boolean {
  return (Object.keys(values) as (keyof NewImage)[]).every(key => row[key] === values[key])
}

function labelStatesOf(photo: ImportedPhoto, classIds: readonly number[]): ReadonlyMap<number, LabelState> {
  const states = new Map<number, LabelState>()
  const set = (places: readonly number[], state: LabelState) => {
    for (const place of places) {
      const id = classIds[place]
      if (id === undefined)
        throw new WorkbenchError('INTERNAL', `${photo.stem} has class ${place}, the project has ${classIds.length}`)
      states.set(id, state)
    }
  }
  if (photo.present.length === 0 && !photo.unlabelled) set([...classIds.keys()], 'absent')
  set(photo.unknown, 'unknown')
  set(photo.present, 'present')
  return states
}
