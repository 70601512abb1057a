import type {
  Decided,
  ReviewDecision,
  ReviewMask,
  ReviewPhoto,
  ReviewProgress,
  ReviewSource,
  ReviewStanding,
} from '../../shared/contract/review'
import type { QueueItem, ReviewRule } from '../../shared/contract/reviewQueue'
import type { StrokeJournal } from '../../shared/contract/strokeJournal'
import { WorkbenchError } from '../../shared/errors'
import type { ImageFilter } from '../../shared/contract/imageFilter'
import { blobPath } from '../artifacts/blobStore'
import { isEdited, reviewMaskOf } from '../db/correctionRepo'
import type { MaskStart } from '../db/maskSource'
import type { Project } from '../db/open'
import type { ImageRow } from '../db/schema'
import { findImage } from '../jobs/photoLayers'
import { reviewCounts } from '../jobs/review/reviewCounts'
import { reviewPhoto } from '../jobs/review/reviewPhoto'
import { findSource } from '../jobs/review/sources'
import { standingMask } from '../jobs/review/standingMask'
import type { PoolClient } from '../pool/poolClient'

/** What a window has seen of a photo when it changes something: another window's work since is a CONFLICT. */
export interface SeenMask {
  /** `ReviewMask.version`. */
  readonly version: number
  /** `StrokeJournal.revision`. */
  readonly revision: number
}

/** A label map as the editor sends it. */
export interface SavedLabels extends SeenMask {
  /** `[height * width]`: 0 background, 1 … C, 255 void. */
  readonly labels: Uint8Array
  /** Said of the photo in the same transaction. */
  readonly decision?: ReviewDecision
  /** The label map is not what the journal leads to, as after a choice between two windows: its strokes go. */
  readonly restart: boolean
}

/** What stands after a save. */
export interface Saved {
  readonly mask: ReviewMask
  readonly journal: StrokeJournal
}

/** Review and correction of one open project: every change is on the disk before it is answered. */
export class ReviewDesk {
  readonly #project: Project
  readonly #pool: () => PoolClient

  constructor(project: Project, pool: () => PoolClient) {
    this.#project = project
    this.#pool = pool
  }

  photo(imageId: number, source: ReviewSource | null): ReviewPhoto {
    return reviewPhoto(this.#project, imageId, findSource(this.#project, source))
  }

  /** How the masks of these photos stand, as a list shows them. */
  standings(images: readonly number[], source: ReviewSource | null): readonly ReviewStanding[] {
    const found = findSource(this.#project, source)
    return images.map(image => ({ image, mask: standingMask(this.#project, image, found).mask }))
  }

  /** How the review of the photos of a filter goes. */
  progress(filter: ImageFilter): ReviewProgress {
    const { counts, drafts } = reviewCounts(this.#project, filter)
    const perMinute = this.#project.decisions.perMinute()
    const leftMs = perMinute === null ? null : (counts.unreviewed / perMinute) * 60_000
    return { counts, drafts, perMinute, leftMs, undo: this.#project.decisions.next }
  }

  /** @throws CONFLICT where strokes wait to be saved and the mask is accepted: what is accepted is what is saved */
  decide(imageId: number, source: ReviewSource | null, decision: ReviewDecision): Decided {
    const { stem } = findImage(this.#project, imageId)
    if (decision === 'accept') this.#expectSaved(imageId, stem)
    const { mask, start } = standingMask(this.#project, imageId, findSource(this.#project, source))
    if (start === null && mask.blob === null)
      throw new WorkbenchError('BAD_INPUT', `${stem} has no mask to decide on: run a recipe, or paint one.`)
    return this.#project.decisions.decide([{ imageId, start }], decision, false)[0]!
  }

  /**
   * One decision for many photos, in one transaction. Photos whose strokes are not saved yet are left out of an
   * acceptance, and those without a mask of every decision. @returns ids of the photos that were decided on
   */
  decideMany(photos: readonly QueueItem[], { source: asked, decision }: ReviewRule): ReadonlySet<number> {
    const source = findSource(this.#project, asked)
    const decidable = photos.flatMap(({ image, blob }) => {
      if (blob === null || (decision === 'accept' && this.#project.strokes.unsaved(image) > 0)) return []
      return [{ imageId: image, start: standingMask(this.#project, image, source).start }]
    })
    const decided = this.#project.decisions.decide(decidable, decision, true)
    return new Set(decided.map(({ image }) => image))
  }

  undo(): readonly Decided[] {
    return this.#project.decisions.undo()
  }

  /** Stores one stroke. @throws CONFLICT */
  async addStroke(imageId: number, source: ReviewSource | null, seen: SeenMask, delta: Uint8Array): Promise<Saved> {
    await this.#begin(findImage(this.#project, imageId), source, seen.version)
    return this.#changed(imageId, () => this.#project.strokes.append(imageId, seen.revision, delta))
  }

  /** Undo and redo: the stroke that is applied last from now on. @throws CONFLICT, BAD_INPUT */
  moveTo(imageId: number, seen: SeenMask, position: number): Saved {
    this.#expectVersion(imageId, seen.version)
    return this.#changed(imageId, () => this.#project.strokes.move(imageId, seen.revision, position))
  }

  /** Stores a label map as the photo's next version; the one before stays among the versions. @throws CONFLICT */
  async save(imageId: number, source: ReviewSource | null, made: SavedLabels): Promise<Saved> {
    const image = findImage(this.#project, imageId)
    await this.#begin(image, source, made.version)
    this.#expectRevision(imageId, made.revision)
    const stored = await this.#write(image, made.labels)
    return this.#changed(imageId, () => {
      const { strokes, corrections, decisions } = this.#project
      if (made.restart) strokes.clear(imageId, made.revision)
      else strokes.fold(imageId, made.revision)
      // The same pixels again, as after undo, are no new version.
      const row = corrections.find(imageId)
      if (row?.version !== made.version || row.blob !== stored.blob)
        corrections.save(imageId, { ...stored, base: made.version })
      if (made.decision !== undefined) decisions.decide([{ imageId, start: null }], made.decision, false)
    })
  }

  /**
   * Makes an earlier version the newest, with what it was made from; version 0 is what the run had made. The strokes of
   * the one before go.
   */
  restore(imageId: number, seen: SeenMask, version: number): Saved {
    const { corrections, strokes } = this.#project
    findImage(this.#project, imageId)
    this.#expectVersion(imageId, seen.version)
    return this.#changed(imageId, () => {
      strokes.clear(imageId, seen.revision)
      corrections.restore(imageId, version, seen.version)
    })
  }

  /**
   * Takes the mask that a step made since, with the pixels that the person had changed: they said so. It is the next
   * version, and a draft. Of a mask that was begun on an empty map everything that was painted is the person's.
   */
  async rebase(imageId: number, source: ReviewSource | null, seen: SeenMask): Promise<Saved> {
    const { corrections, artifacts, strokes, blobFolder, classes } = this.#project
    const { stem } = findImage(this.#project, imageId)
    const found = findSource(this.#project, source)
    const made = found && artifacts.find(found.run, found.step, 'labels', imageId)
    const row = corrections.find(imageId)
    if (found === undefined || made === undefined || row === undefined || !isEdited(row))
      throw new WorkbenchError('BAD_INPUT', `${stem} has no corrections that could go onto another mask of it.`)
    if (!row.sourceKnown)
      throw new WorkbenchError(
        'BAD_INPUT',
        `It is not known which run’s mask v${row.version} of ${stem} was made from, so that what a person changed in it ` +
          'cannot be told from what the run made: restore a version that names its run, and correct that one.',
      )
    this.#expectVersion(imageId, seen.version)
    this.#expectRevision(imageId, seen.revision)
    this.#expectSaved(imageId, stem)
    const path = (blob: string) => blobPath(blobFolder, blob)
    const stored = await this.#pool().run('personsPixels', {
      ...{ made: path(made.blob), corrected: path(row.blob) },
      before: row.sourceBlob === null ? null : path(row.sourceBlob),
      ...{ stem, blobFolder, classes: classes.names().length },
    })
    return this.#changed(imageId, () => {
      strokes.clear(imageId, seen.revision)
      corrections.rebase(imageId, { ...stored, base: seen.version }, { blob: made.blob, source: found })
    })
  }

  /** What whoever looks at the photo now has seen of it. */
  seen(imageId: number): SeenMask {
    const { corrections, strokes } = this.#project
    return { version: corrections.find(imageId)?.version ?? 0, revision: strokes.journal(imageId).revision }
  }

  /** What stands, for whoever was not first. */
  standing(imageId: number, source: ReviewSource | null): Saved {
    const found = findSource(this.#project, source)
    return {
      mask: standingMask(this.#project, imageId, found).mask,
      journal: this.#project.strokes.journal(imageId),
    }
  }

  /** Gives the photo a row of its own before the first stroke: strokes are painted on a mask that cannot change. */
  async #begin(image: ImageRow, source: ReviewSource | null, version: number): Promise<void> {
    const { mask, start } = standingMask(this.#project, image.id, findSource(this.#project, source))
    if (mask.version !== version) this.#expectVersion(image.id, version)
    const begun = start ?? (mask.blob === null ? await this.#emptyMask(image) : null)
    if (begun !== null) this.#project.transaction(() => this.#project.corrections.begin(image.id, begun))
  }

  async #emptyMask(image: ImageRow): Promise<MaskStart> {
    const { blob } = await this.#write(image, new Uint8Array(image.width * image.height))
    return { blob, source: null }
  }

  async #write({ width, height, stem }: ImageRow, labels: Uint8Array) {
    const { blobFolder, classes } = this.#project
    return this.#pool().run('storeLabels', {
      ...{ labels, width, height, stem, blobFolder },
      classes: classes.names().length,
    })
  }

  /** All of `change` or nothing, then what stands. */
  #changed(imageId: number, change: () => unknown): Saved {
    this.#project.transaction(change)
    const mask = reviewMaskOf(this.#project.corrections.find(imageId)!)
    return { mask, journal: this.#project.strokes.journal(imageId) }
  }

  #expectVersion(imageId: number, version: number): void {
    const stored = this.#project.corrections.find(imageId)?.version ?? 0
    if (stored === version) return
    throw new WorkbenchError(
      'CONFLICT',
      `This mask was saved in another window since: version ${stored} is the newest, yours began from ${version}.`,
    )
  }

  #expectSaved(imageId: number, stem: string): void {
    const unsaved = this.#project.strokes.unsaved(imageId)
    if (unsaved === 0) return
    throw new WorkbenchError(
      'CONFLICT',
      `${unsaved} strokes on ${stem} are not in its mask yet: open the photo, let it be saved, then go on.`,
    )
  }

  #expectRevision(imageId: number, revision: number): void {
    if (this.#project.strokes.journal(imageId).revision === revision) return
    throw new WorkbenchError('CONFLICT', 'This photo was painted on in another window since: look at both and choose.')
  }
}
