import { and, count, eq, gt, inArray, isNotNull, isNull, ne, not, sql, type SQL } from 'drizzle-orm'
import { assertNever } from '../../shared/errors'
import type { ImageFilter } from '../../shared/contract/imageFilter'
import { bitSetOf, difference, intersection, type BitSet } from '../../shared/sets/bitSet'
import type { Database } from './database'
import type { PhotoSets } from './photoSets'
import { image, imageLabel, mask } from './schema'

type Query = Database['query']

/**
 * The photos that a filter means. Classes and splits are sets that are there; the rest is asked of the database.
 * @param missing ids of photos whose file was not found, for the problem of that name
 */
export function photosMeant(
  { query, sqlite }: Database,
  sets: PhotoSets,
  filter: ImageFilter,
  missing: readonly number[],
): BitSet {
  const { classes = [], without = [], among, split, problem } = filter
  let photos = sets.inSplit(split)
  const named = among?.filter(id => id < sets.length)
  if (named !== undefined) photos = intersection(photos, bitSetOf(named, sets.length))
  for (const place of classes) photos = intersection(photos, sets.showing(place))
  for (const place of without) photos = difference(photos, sets.showing(place))
  if (problem === 'unlabelled') photos = difference(photos, sets.labelled())
  const condition = conditionOf(query, filter, missing)
  if (condition === undefined) return photos
  const { sql, params } = query.select({ id: image.id }).from(image).where(condition).toSQL()
  // Not through the query builder, which would make an object of each of 100,000 ids.
  return intersection(photos, bitSetOf(sqlite.prepare<unknown[], number>(sql).pluck().all(params), sets.length))
}

/** Whether an edit of labels may change what a filter means. */
export function dependsOnLabels({ classes = [], without = [], problem }: ImageFilter): boolean {
  return classes.length > 0 || without.length > 0 || problem === 'unlabelled' || problem === 'corrected'
}

/** What of a filter only the database knows, as a condition on `image`. */
function conditionOf(query: Query, filter: ImageFilter, missing: readonly number[]): SQL | undefined {
  const { text, truth, problem, review } = filter
  return and(
    text === undefined ? undefined : sql`${image.stem} like ${`%${escapeLike(text)}%`} escape '\\'`,
    truth === undefined ? undefined : truth ? hasTruth(query) : not(hasTruth(query)),
    problem === undefined ? undefined : hasProblem(query, problem, missing),
    review === undefined ? undefined : isReviewed(query, review),
  )
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
      return undefined
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
