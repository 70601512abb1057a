import { blob, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { BoundaryPixels, ClassPhotos, FigureOrigin } from '../../shared/contract/evaluation'
import { imageReference, runReference } from './schema'

/** The tables of figures that were measured, as those of `schema.ts`. */
export const evaluation = sqliteTable(
  'evaluation',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    runId: runReference().notNull(),
    step: text('step').notNull(),
    identity: text('identity').notNull().unique(),
    origin: text('origin', { mode: 'json' }).$type<FigureOrigin>().notNull(),
    classes: text('classes', { mode: 'json' }).$type<readonly string[]>().notNull(),
    photos: text('photos', { mode: 'json' }).$type<ClassPhotos>().notNull(),
    confusion: blob('confusion', { mode: 'buffer' }).notNull(),
    meanIou: real('mean_iou'),
    createdAt: integer('created_at').notNull(),
    boundary: text('boundary', { mode: 'json' }).$type<BoundaryPixels>(),
  },
  table => [index('evaluation_run').on(table.runId, table.step)],
)

const evaluationReference = () =>
  integer('evaluation_id')
    .notNull()
    .references(() => evaluation.id, { onDelete: 'cascade' })

export const evaluationPhoto = sqliteTable(
  'evaluation_photo',
  {
    evaluationId: evaluationReference(),
    imageId: imageReference(),
    map: text('map').notNull(),
    truth: text('truth').notNull(),
    scored: integer('scored').notNull(),
    wrong: integer('wrong').notNull(),
  },
  table => [
    primaryKey({ columns: [table.evaluationId, table.imageId] }),
    index('evaluation_photo_image').on(table.imageId),
  ],
)

export const evaluationCell = sqliteTable(
  'evaluation_cell',
  {
    evaluationId: evaluationReference(),
    truth: integer('truth').notNull(),
    predicted: integer('predicted').notNull(),
    imageId: imageReference(),
    pixels: integer('pixels').notNull(),
  },
  table => [
    primaryKey({ columns: [table.evaluationId, table.truth, table.predicted, table.imageId] }),
    index('evaluation_cell_predicted').on(table.evaluationId, table.predicted),
    index('evaluation_cell_image').on(table.imageId, table.evaluationId),
  ],
)

export type EvaluationRow = typeof evaluation.$inferSelect
