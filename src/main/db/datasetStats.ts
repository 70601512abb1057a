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
      for (const [first, second, both] of this.#pairCounts(split)) {
        photos[first * classes + second] = both
        photos[second * classes + first] = both
      }
      return { classes, photos }
    })
  }

  /** What is odd about a split, or about all photos, but for the files, which only the disk knows. */
  problems(split?: string): Omit<DatasetProblems, 'files'> {
    return this.#problems.get(JSON.stringify(split ?? null), () => {
      const rare = this.classes(split).classes.filter(({ photos }) => photos < fewPhotos)
      return {
        unlabelled: this.#count(
          `id NOT IN (SELECT image_id FROM image_label WHERE ifnull(corrected, given) = 'present')`,
          split,
        ),
        duplicate: this.#count(`sha256 IN (SELECT sha256 FROM image GROUP BY sha256 HAVING count(*) > 1)`, split),
        corrected: this.#count(`id IN (SELECT image_id FROM image_label WHERE corrected IS NOT NULL)`, split),
        rareClasses: rare.map(({ place, photos }) => ({ place, photos })),
      }
    })
  }

  /** Photos with both classes, each pair once, the lower place first; also each class with itself. */
  #pairCounts(split: string | undefined): [first: number, second: number, photos: number][] {
    return this.#database.sqlite
      .prepare<[string | null, string | null], [number, number, number]>(
        `WITH present AS MATERIALIZED (
          SELECT image_id, place FROM image_label JOIN class ON class.id = class_id
          WHERE ifnull(corrected, given) = 'present'
            AND (? IS NULL OR image_id IN (SELECT id FROM image WHERE split = ?)))
        SELECT a.place, b.place, count(*) FROM present a JOIN present b ON a.image_id = b.image_id AND a.place <= b.place
        GROUP BY a.place, b.place`,
      )
      .raw()
      .all(split ?? null, split ?? null)
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

  /** @param condition of ours on `image`, never of a person */
  #count(condition: string, split: string | undefined): number {
    const statement = this.#database.sqlite.prepare<unknown[], number>(
      `SELECT count(*) FROM image WHERE ${condition} AND (? IS NULL OR split = ?)`,
    )
    return Number(statement.pluck().get(split ?? null, split ?? null))
  }
}
