import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, ne, not, sql, type SQL } from 'drizzle-orm'
import { assertNever } from '../../shared/errors'
import type { ImageFilter, ImageSort } from '../../shared/contract/imageFilter'
import type { Database } from './database'
import { isPresent } from './labelRepo'
import { classTable, image, imageLabel, mask } from './schema'

type Query = Database['query']

/**
 * The photos that a filter means, as a condition on `image`.
 * @param missing ids of photos whose file was not found, for the problem of that name
 */
export function whereOf(query: Query, filter: ImageFilter, missing: readonly number[]): SQL | undefined {
  const { classes = [], without = [], split, text, truth, problem, review } = filter
  return and(
    ...classes.map(place => inArray(image.id, photosShowing(query, place))),
    ...without.map(place => not(inArray(image.id, photosShowing(query, place)))),
    split === undefined ? undefined : eq(image.split, split),
    text === undefined ? undefined : sql`${image.stem} like ${`%${escapeLike(text)}%`} escape '\\'`,
    truth === undefined ? undefined : truth ? hasTruth(query) : not(hasTruth(query)),
    problem === undefined ? undefined : hasProblem(query, problem, missing),
    review === undefined ? undefined : isReviewed(query, review),
  )
}

/** The order of a list; equals by id, so that pages never overlap. */
export function orderOf(query: Query, sort: ImageSort): SQL[] {
  switch (sort) {
    case 'name':
      return [asc(image.stem)]
    case 'added':
      return [asc(image.id)]
    case 'size':
      return [desc(sql`${image.width} * ${image.height}`), asc(image.id)]
    case 'labels': {
      const labels = query
        .select({ labels: count() })
        .from(imageLabel)
        .where(and(eq(imageLabel.imageId, image.id), isPresent))
      return [desc(sql`(${labels})`), asc(image.id)]
    }
    default:
      return assertNever(sort)
  }
}

function photosShowing(query: Query, place: number) {
  const classId = query.select({ id: classTable.id }).from(classTable).where(eq(classTable.place, place))
  return query
    .select({ id: imageLabel.imageId })
    .from(imageLabel)
    .where(and(eq(imageLabel.classId, sql`(${classId})`), isPresent))
}

function hasTruth(query: Query): SQL {
  const truths = query
    .select({ id: mask.imageId })
    .from(mask)
    .where(and(eq(mask.kind, 'ground_truth'), isNull(mask.runId)))
  return inArray(image.id, truths)
}

function hasProblem(
  query: Query,
  problem: NonNullable<ImageFilter['problem']>,
  missing: readonly number[],
): SQL | undefined {
  switch (problem) {
    case 'unlabelled':
      return not(inArray(image.id, query.select({ id: imageLabel.imageId }).from(imageLabel).where(isPresent)))
    case 'corrected':
      return inArray(
        image.id,
        query.select({ id: imageLabel.imageId }).from(imageLabel).where(isNotNull(imageLabel.corrected)),
      )
    case 'duplicate':
      return inArray(
        image.sha256,
        query.select({ sha256: image.sha256 }).from(image).groupBy(image.sha256).having(gt(count(), 1)),
      )
    case 'missing':
      return sql`${image.id} in (select value from json_each(${JSON.stringify(missing)}))`
    default:
      return assertNever(problem)
  }
}

/** A photo is unreviewed until a person has said something of one of its masks; ground truth needs nobody's word. */
function isReviewed(query: Query, review: NonNullable<ImageFilter['review']>): SQL {
  const said = query
    .select({ id: mask.imageId })
    .from(mask)
    .where(
      and(
        ne(mask.kind, 'ground_truth'),
        review === 'unreviewed' ? ne(mask.review, 'unreviewed') : eq(mask.review, review),
      ),
    )
  return review === 'unreviewed' ? not(inArray(image.id, said)) : inArray(image.id, said)
}

/** `%` and `_` in a name are letters, not patterns. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, letter => `\\${letter}`)
}
