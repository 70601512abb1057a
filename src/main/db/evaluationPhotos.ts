import { sql, type SQL } from 'drizzle-orm'
import { assertNever } from '../../shared/errors'
import type { MeasuredPhoto, PhotoChoice, PhotoFigures, PhotoOrder } from '../../shared/contract/evaluation'
import type { Database } from './database'

export interface PhotosQuery {
  /** The evaluations side by side: `worse` and `better` compare the one that orders with the first. */
  readonly evaluations: readonly number[]
  /** Which of them orders the photos. */
  readonly by: number
  readonly choice: PhotoChoice
  readonly order: PhotoOrder
  /** Pixels in which two masks of a photo differ, by photo: what the order `differ` goes by. */
  readonly differing?: ReadonlyMap<number, number>
  readonly offset: number
  readonly limit: number
}

export interface PhotosPage {
  readonly total: number
  readonly rows: readonly MeasuredPhoto[]
}

/** Photos in which the evaluation that orders has the chosen label or mistake, with what every evaluation did there. */
export function photosPage(database: Database, options: PhotosQuery): PhotosPage {
  const { query } = database
  const { evaluations, by, choice, order, differing, offset, limit } = options
  const figures = figuresOf(by, choice)
  const { total } = query.get<{ total: number }>(sql`SELECT count(*) AS total FROM (${figures})`)
  const photos = query.all<Omit<MeasuredPhoto, 'figures'>>(sql`
    WITH figures AS (${figures}), first AS (${figuresOf(evaluations[0] ?? by, choice)}),
      differing AS (${differencesOf(differing)})
    SELECT image.id AS image, image.stem, image.width, image.height, photo.truth
    FROM figures
    JOIN image ON image.id = figures.image_id
    JOIN evaluation_photo AS photo ON photo.evaluation_id = ${by} AND photo.image_id = figures.image_id
    LEFT JOIN first ON first.image_id = figures.image_id
    LEFT JOIN differing ON differing.image_id = figures.image_id
    ORDER BY ${orders[order]} image.stem
    LIMIT ${limit} OFFSET ${offset}`)
  const images = photos.map(({ image }) => image)
  const columns = evaluations.map(evaluation => figuresOn(database, evaluation, choice, images))
  return { total, rows: photos.map(photo => ({ ...photo, figures: columns.map(of => of.get(photo.image) ?? null) })) }
}

/** One photo with the figures of all its labels; undefined where none of the evaluations measured it. */
export function measuredPhoto(
  database: Database,
  evaluations: readonly number[],
  image: number,
): MeasuredPhoto | undefined {
  const figures = evaluations.map(
    evaluation => figuresOn(database, evaluation, { kind: 'all' }, [image]).get(image) ?? null,
  )
  const measured = figures.find(one => one !== null)
  if (measured === undefined) return undefined
  const photo = database.query.get<Omit<MeasuredPhoto, 'figures'>>(sql`
    SELECT image.id AS image, image.stem, image.width, image.height, photo.truth
    FROM evaluation_photo AS photo JOIN image ON image.id = photo.image_id
    WHERE photo.evaluation_id = ${measured.evaluation} AND image.id = ${image}`)
  return { ...photo, figures }
}

const wrongShare = sql`1.0 * figures.wrong / figures.whole`
const change = sql`(${wrongShare} - ifnull(1.0 * first.wrong / first.whole, 0))`

const orders: Readonly<Record<PhotoOrder, SQL>> = {
  pixels: sql`figures.wrong DESC,`,
  share: sql`${wrongShare} DESC, figures.wrong DESC,`,
  worse: sql`${change} DESC,`,
  better: sql`${change} ASC,`,
  differ: sql`ifnull(differing.pixels, -1) DESC,`,
  name: sql``,
}

/** `image_id, pixels` */
function differencesOf(differing: ReadonlyMap<number, number> = new Map()): SQL {
  const rows = JSON.stringify([...differing])
  return sql`SELECT value ->> 0 AS image_id, value ->> 1 AS pixels FROM json_each(${rows})`
}

/** `image_id, wrong, whole` of the photos that the choice is about; `whole` is never 0. */
function figuresOf(evaluation: number, choice: PhotoChoice): SQL {
  switch (choice.kind) {
    case 'all':
      return sql`SELECT image_id, wrong, scored AS whole FROM evaluation_photo
        WHERE evaluation_id = ${evaluation} AND scored > 0`
    case 'label':
      return sql`SELECT image_id, ifnull(sum(pixels) FILTER (WHERE truth <> predicted), 0) AS wrong, sum(pixels) AS whole
        FROM evaluation_cell
        WHERE evaluation_id = ${evaluation} AND (truth = ${choice.label} OR predicted = ${choice.label})
        GROUP BY image_id`
    case 'cell':
      return sql`SELECT image_id, ifnull(sum(pixels) FILTER (WHERE predicted = ${choice.predicted}), 0) AS wrong,
          sum(pixels) AS whole
        FROM evaluation_cell WHERE evaluation_id = ${evaluation} AND truth = ${choice.truth}
        GROUP BY image_id HAVING wrong > 0`
    default:
      return assertNever(choice)
  }
}

/** What one evaluation did on these photos; those that it did not measure are not in the map. */
function figuresOn(
  { query }: Database,
  evaluation: number,
  choice: PhotoChoice,
  images: readonly number[],
): ReadonlyMap<number, PhotoFigures> {
  if (images.length === 0) return new Map()
  const rows = query.all<PhotoFigures & { readonly image: number }>(sql`
    SELECT photo.image_id AS image, ${evaluation} AS evaluation, photo.map, ifnull(figures.wrong, 0) AS wrong,
      ifnull(figures.whole, 0) AS whole
    FROM evaluation_photo AS photo
    LEFT JOIN (${figuresOf(evaluation, choice)}) AS figures ON figures.image_id = photo.image_id
    WHERE photo.evaluation_id = ${evaluation}
      AND photo.image_id IN (${sql.join(
        images.map(image => sql`${image}`),
        sql`, `,
      )})`)
  return new Map(rows.map(({ image, ...figures }) => [image, figures]))
}
