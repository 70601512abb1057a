import type { CoOccurrence, ClassTable, DatasetProblems } from '../../shared/contract/datasetStats'
import { fewPhotos } from '../../shared/contract/datasetStats'
import { giniCoefficient, tailParts } from '../../shared/metrics/longTail'
import { countBits, countCommon, difference, intersection } from '../../shared/sets/bitSet'
import { countPairs } from '../../shared/sets/countPairs'
import type { ClassRepo } from './classRepo'
import type { Database } from './database'
import { KeptUntilChange } from './keptUntilChange'
import type { PhotoSets } from './photoSets'

/** Answers kept of each kind: those of a few splits. */
const keptSplits = 8

/** Ground truth of some photos. */
interface Truth {
  /** Photos that have any. */
  readonly photos: number
  /** Pixels of each label value: 0 background, 1 … C, 255 void. */
  readonly pixels: ReadonlyMap<number, number>
}

/** Counts of a dataset's classes and of what is odd about it. What does not hang on labels is kept over their edits. */
export class DatasetStats {
  readonly #database: Database
  readonly #classes: ClassRepo
  readonly #sets: PhotoSets
  readonly #pairs
  readonly #truths
  readonly #duplicates

  constructor(database: Database, classes: ClassRepo, sets: PhotoSets) {
    this.#database = database
    this.#classes = classes
    this.#sets = sets
    this.#pairs = new KeptUntilChange<CoOccurrence>(database.datasetClock, keptSplits)
    this.#truths = new KeptUntilChange<Truth>(database.datasetClock, keptSplits)
    this.#duplicates = new KeptUntilChange<number>(database.datasetClock, keptSplits)
  }

  /** The classes of a split, or of all photos: how often each occurs and where it stands. */
  classes(split?: string): ClassTable {
    const within = this.#sets.inSplit(split)
    const photos = this.#sets.classes().map(showing => countCommon(showing, within))
    const parts = tailParts(photos)
    const truth = this.#truth(split)
    const classes = this.#classes.names().map((name, place) => ({
      place,
      name,
      photos: photos[place]!,
      pixels: truth.photos === 0 ? null : (truth.pixels.get(place + 1) ?? 0),
      part: parts[place]!,
    }))
    return { photos: countBits(within), truths: truth.photos, classes, gini: giniCoefficient(photos) }
  }

  /** How many photos show each pair of classes. */
  coOccurrence(split?: string): CoOccurrence {
    return this.#pairs.get(JSON.stringify([split ?? null, this.#database.labelClock.now]), () => {
      const within = this.#sets.inSplit(split)
      const classes = this.#sets.classes().map(showing => intersection(showing, within))
      return { classes: classes.length, photos: countPairs(classes, this.#sets.length) }
    })
  }

  /** What is odd about a split, or about all photos, but for the files, which only the disk knows. */
  problems(split?: string): Omit<DatasetProblems, 'files'> {
    const rare = this.classes(split).classes.filter(({ photos }) => photos < fewPhotos)
    const duplicate = `sha256 IN (SELECT sha256 FROM image GROUP BY sha256 HAVING count(*) > 1)`
    return {
      unlabelled: countBits(difference(this.#sets.inSplit(split), this.#sets.labelled())),
      duplicate: this.#duplicates.get(JSON.stringify(split ?? null), () => this.#count(duplicate, split)),
      corrected: this.#count(`id IN (SELECT image_id FROM image_label WHERE corrected IS NOT NULL)`, split),
      rareClasses: rare.map(({ place, photos }) => ({ place, photos })),
    }
  }

  #truth(split: string | undefined): Truth {
    return this.#truths.get(JSON.stringify(split ?? null), () => {
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
      const photos = sqlite.prepare(`SELECT count(*) ${truths}`).pluck()
      return {
        photos: Number(photos.get(...range)),
        pixels: new Map(rows.map(([value, pixels]) => [Number(value), pixels])),
      }
    })
  }

  /** @param condition of ours on `image`, never of a person */
  #count(condition: string, split: string | undefined): number {
    const statement = this.#database.sqlite.prepare<unknown[], number>(
      `SELECT count(*) FROM image WHERE ${condition} AND (? IS NULL OR split = ?)`,
    )
    return Number(statement.pluck().get(split ?? null, split ?? null))
  }
}
