import { and, count, desc, eq, lt, sql } from 'drizzle-orm'
import type {
  Evaluation,
  EvaluationSummary,
  FigureOrigin,
  MeasuredPhoto,
  StoredEvaluation,
} from '../../shared/contract/evaluation'
import type { ImageFilter } from '../../shared/contract/imageFilter'
import { isSameFilter } from '../../shared/contract/imageFilterText'
import { WorkbenchError } from '../../shared/errors'
import type { ConfusionCell } from '../../shared/metrics/confusion'
import { scoresFromConfusion } from '../../shared/metrics/scores'
import type { ScoreRules } from '../../shared/metrics/scoreRules'
import { inTransaction } from './database'
import type { Database } from './database'
import { measuredPhoto, photosPage, type PhotosPage, type PhotosQuery } from './evaluationPhotos'
import { evaluation, evaluationCell, evaluationPhoto, type EvaluationRow } from './evaluationSchema'

/** What one photo adds to an evaluation. */
export interface EvaluatedPhoto {
  readonly imageId: number
  /** Blobs of the label map that was measured and of the truth. */
  readonly map: string
  readonly truth: string
  readonly cells: readonly ConfusionCell[]
}

/** Figures that were measured, with their origin and each photo's part. */
export class EvaluationRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * Stores an evaluation whole. The same maps measured on the same photos again keep their id: the figures are the
   * same, and addresses that name them stay true.
   * @param identity hash of what was measured
   * @returns its id
   */
  store(identity: string, made: Evaluation, photos: readonly EvaluatedPhoto[]): number {
    return inTransaction(this.#database, () => {
      const { id } = this.#database.query
        .insert(evaluation)
        .values({ identity, ...columnsOf(made) })
        .onConflictDoUpdate({ target: evaluation.identity, set: columnsOf(made) })
        .returning({ id: evaluation.id })
        .get()
      this.#database.query.delete(evaluationPhoto).where(eq(evaluationPhoto.evaluationId, id)).run()
      this.#database.query.delete(evaluationCell).where(eq(evaluationCell.evaluationId, id)).run()
      this.#storePhotos(id, photos)
      return id
    })
  }

  find(id: number): StoredEvaluation | undefined {
    const row = this.#database.query.select().from(evaluation).where(eq(evaluation.id, id)).get()
    return row && evaluationOf(row)
  }

  /** @throws NOT_FOUND */
  get(id: number): StoredEvaluation {
    const found = this.find(id)
    if (found) return found
    throw new WorkbenchError(
      'NOT_FOUND',
      `There is no evaluation ${id} in this project: it was removed, or never made.`,
    )
  }

  /** Evaluations without their confusion, newest first; `before` is the last id of the page before. */
  page(options: {
    readonly limit: number
    readonly before?: number
    readonly run?: number
  }): readonly EvaluationSummary[] {
    return this.#database.query
      .select({
        id: evaluation.id,
        origin: evaluation.origin,
        meanIou: evaluation.meanIou,
        createdAt: evaluation.createdAt,
      })
      .from(evaluation)
      .where(
        and(
          options.before === undefined ? undefined : lt(evaluation.id, options.before),
          options.run === undefined ? undefined : eq(evaluation.runId, options.run),
        ),
      )
      .orderBy(desc(evaluation.id))
      .limit(options.limit)
      .all()
      .map(({ origin, ...row }) => ({ ...row, ...origin }))
  }

  count(): number {
    return this.#database.query.select({ rows: count() }).from(evaluation).get()?.rows ?? 0
  }

  /** Steps whose own masks have figures of these photos of their split against ground truth, as `run/step`. */
  measuredSteps(subset: ImageFilter = {}): ReadonlySet<string> {
    const rows = this.#database.query
      .selectDistinct({
        run: evaluation.runId,
        step: evaluation.step,
        subset: sql<string | null>`json_extract(${evaluation.origin}, '$.subset')`,
      })
      .from(evaluation)
      .where(sql`json_extract(${evaluation.origin}, '$.masks', '$.truth') = '[null,null]'`)
      .all()
      .filter(row => isSameFilter(row.subset === null ? {} : (JSON.parse(row.subset) as ImageFilter), subset))
    return new Set(rows.map(({ run, step }) => `${run}/${step}`))
  }

  /** Forgets the figures; the masks stay. @throws NOT_FOUND */
  remove(id: number): void {
    const { changes } = this.#database.query.delete(evaluation).where(eq(evaluation.id, id)).run()
    if (changes === 0) this.get(id)
  }

  /** Hash names of the label maps that were measured, with their photos. */
  maps(id: number): readonly (readonly [image: number, map: string])[] {
    return this.#database.query
      .select({ image: evaluationPhoto.imageId, map: evaluationPhoto.map })
      .from(evaluationPhoto)
      .where(eq(evaluationPhoto.evaluationId, id))
      .orderBy(evaluationPhoto.imageId)
      .all()
      .map(({ image, map }) => [image, map] as const)
  }

  /** A page of the photos with the mistakes that are asked for. */
  photos(options: PhotosQuery): PhotosPage {
    return photosPage(this.#database, options)
  }

  /** One photo with what each of the evaluations did with it, all labels together. @throws NOT_FOUND */
  photo(evaluations: readonly number[], image: number): MeasuredPhoto {
    const found = measuredPhoto(this.#database, evaluations, image)
    if (found) return found
    throw new WorkbenchError('NOT_FOUND', `None of these evaluations measured photo ${image}: choose one of the list.`)
  }

  #storePhotos(evaluationId: number, photos: readonly EvaluatedPhoto[]): void {
    const { query } = this.#database
    const addPhoto = query
      .insert(evaluationPhoto)
      .values({
        evaluationId,
        imageId: sql.placeholder('imageId'),
        map: sql.placeholder('map'),
        truth: sql.placeholder('truth'),
        scored: sql.placeholder('scored'),
        wrong: sql.placeholder('wrong'),
      })
      .prepare()
    const addCell = query
      .insert(evaluationCell)
      .values({
        evaluationId,
        imageId: sql.placeholder('imageId'),
        truth: sql.placeholder('truth'),
        predicted: sql.placeholder('predicted'),
        pixels: sql.placeholder('pixels'),
      })
      .prepare()
    for (const { imageId, map, truth, cells } of photos) {
      const sum = (of: readonly ConfusionCell[]) => of.reduce((total, { pixels }) => total + pixels, 0)
      const wrong = sum(cells.filter(cell => cell.truth !== cell.predicted))
      addPhoto.run({ imageId, map, truth, scored: sum(cells), wrong })
      for (const cell of cells) addCell.run({ imageId, ...cell })
    }
  }
}

function columnsOf({ classes, scores, confusion, photos, boundary, ...origin }: Evaluation) {
  return {
    runId: origin.run,
    step: origin.step,
    origin: origin satisfies FigureOrigin,
    classes,
    photos,
    boundary,
    confusion: Buffer.from(Float64Array.from(confusion).buffer),
    meanIou: scores.meanIou.value,
    createdAt: Date.now(),
  }
}

/** The scores are made again of the confusion, by the rules of the origin: one place makes figures. */
function evaluationOf({
  id,
  origin,
  classes,
  photos,
  boundary,
  confusion,
  createdAt,
}: EvaluationRow): StoredEvaluation {
  const matrix = new Float64Array(new Uint8Array(confusion).buffer)
  return {
    ...origin,
    id,
    createdAt,
    classes,
    photos,
    boundary,
    scores: scoresFromConfusion(matrix, origin.rules),
    confusion: [...matrix],
  }
}

/** The same evaluation with its figures made by other rules. */
export function byRules(made: StoredEvaluation, rules: ScoreRules): StoredEvaluation {
  return { ...made, rules, scores: scoresFromConfusion(Float64Array.from(made.confusion), rules) }
}
