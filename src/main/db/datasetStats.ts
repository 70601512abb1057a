import type { CoOccurrence, ClassTable, DatasetProblems } from '../../shared/contract/datasetStats'
import { fewPhotos } from '../../shared/contract/datasetStats'
import { giniCoefficient, tailParts } from '../../shared/metrics/longTail'
import type { Database } from './database'
import type { ImageRepo } from './imageRepo'
import { KeptUntilChange } from './keptUntilChange'

/** Answers kept of each kind: those of a few splits. */
const keptSplits = 8

/** Counts of a dataset's classes and of what is odd about it. All are kept until the dataset changes. */
export class DatasetStats {
  readonly #database: Database
  readonly #images: ImageRepo
  readonly #tables
  readonly #pairs
  readonly #problems

  constructor(database: Database, images: ImageRepo) {
    this.#database = database
    this.#images = images
    this.#tables = new KeptUntilChange<ClassTable>(database.datasetClock, keptSplits)
    this.#pairs = new KeptUntilChange<CoOccurrence>(database.datasetClock, keptSplits)
    this.#problems = new KeptUntilChange<Omit<DatasetProblems, 'files'>>(database.datasetClock, keptSplits)
  }

  /** The classes of a split, or of all photos: how often each occurs and where it stands. */
  classes(split?: string): ClassTable {
    return this.#tables.get(JSON.stringify(split ?? null), () => {
      const counts = this.#images.countsPerClass(split)
      const photos = counts.map(({ images }) => images)
      const parts = tailParts(photos)
      const { truths, pixels } = this.#truthPixels(split)
      const classes = counts.map(({ place, name, images }, i) => ({
        place,
        name,
        photos: images,
        pixels: truths === 0 ? null : (pixels.get(place + 1) ?? 0),
        part: parts[i]!,
      }))
      return { photos: this.#images.count(split), truths, classes, gini: giniCoefficient(photos) }
    })
  }

  /** How many photos show each pair of classes. */
  coOccurrence(split?: string): CoOccurrence {
    return this.#pairs.get(JSON.stringify(split ?? null), () => {
      const classes = this.#images.countsPerClass().length
      const photos = new Array<number>(classes * classes).fill(0)
      for (const places of this.#placesPerPhoto(split))
        for (const first of places) for (const second of places) photos[first * classes + second]!++
      return { classes, photos }
    })
  }

  /** What is odd about a split, or about all photos, but for the files, which only the disk knows. */
  problems(split?: string): Omit<DatasetProblems, 'files'> {
    return this.#problems.get(JSON.stringify(split ?? null), () => {
      const rare = this.classes(split).classes.filter(({ photos }) => photos < fewPhotos)
      return {
        unlabelled: this.#images.count(split) - this.#countLabelled(split),
        duplicate: this.#count(`sha256 IN (SELECT sha256 FROM image GROUP BY sha256 HAVING count(*) > 1)`, split),
        corrected: this.#count(`id IN (SELECT image_id FROM image_label WHERE corrected IS NOT NULL)`, split),
        rareClasses: rare.map(({ place, photos }) => ({ place, photos })),
      }
    })
  }

  /**
   * Places of the classes in each photo that shows any. One text a photo, put together by SQLite and taken apart here:
   * a join of the labels with themselves takes six times as long, and a row a label twice.
   */
  #placesPerPhoto(split: string | undefined): number[][] {
    const texts = this.#database.sqlite
      .prepare<unknown[], string>(
        `SELECT group_concat(class_id) FROM image_label NOT INDEXED
        WHERE ifnull(corrected, given) = 'present'
          AND (? IS NULL OR image_id IN (SELECT id FROM image WHERE split = ?))
        GROUP BY image_id`,
      )
      .pluck()
      .all(split ?? null, split ?? null)
    const placeOf = new Map(this.#images.countsPerClass().map(({ classId, place }) => [String(classId), place]))
    return texts.map(ids => ids.split(',').map(id => placeOf.get(id)!))
  }

  /** Pixels of each label value in the ground truth, and of how many photos that is. */
  #truthPixels(split: string | undefined): { readonly truths: number; readonly pixels: ReadonlyMap<number, number> } {
    const { sqlite } = this.#database
    const truths = `FROM mask JOIN image ON image.id = image_id
      WHERE kind = 'ground_truth' AND run_id IS NULL AND (? IS NULL OR split = ?)`
    const range = [split ?? null, split ?? null]
    const rows = sqlite
      .prepare<unknown[], [string, number]>(
        `SELECT key, sum(value) FROM (SELECT pixels ${truths}), json_each(pixels) GROUP BY key`,
      )
      .raw()
      .all(...range)
    return {
      truths: Number(
        sqlite
          .prepare(`SELECT count(*) ${truths}`)
          .pluck()
          .get(...range),
      ),
      pixels: new Map(rows.map(([value, pixels]) => [Number(value), pixels])),
    }
  }

  #countLabelled(split: string | undefined): number {
    const statement = this.#database.sqlite.prepare<unknown[], number>(
      `SELECT count(*) FROM (SELECT 1 FROM image_label NOT INDEXED
        WHERE ifnull(corrected, given) = 'present'
          AND (? IS NULL OR image_id IN (SELECT id FROM image WHERE split = ?))
        GROUP BY image_id)`,
    )
    return Number(statement.pluck().get(split ?? null, split ?? null))
  }

  /** @param condition of ours on `image`, never of a person */
  #count(condition: string, split: string | undefined): number {
    const statement = this.#database.sqlite.prepare<unknown[], number>(
      `SELECT count(*) FROM image WHERE ${condition} AND (? IS NULL OR split = ?)`,
    )
    return Number(statement.pluck().get(split ?? null, split ?? null))
  }
}
