import { blob, index, integer, primaryKey, real, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import type { ErrorData } from '../../shared/errors'
import { reviewDecisions, versionReasons } from '../../shared/contract/review'
import { labelStates, maskKinds, reviewStates, workStates } from '../../shared/contract/states'
import type { JobProgress } from '../../shared/contract/states'

/** What a correction began as. */
export type SourceColumns = Pick<MaskRow, 'sourceRun' | 'sourceStep' | 'sourceBlob' | 'sourceKnown'>

/** What a decision may change of a correction's row. Decisions of before schema 8 do not say whether the source is known. */
export type DecidedRow = Pick<MaskRow, 'blob' | 'review'> &
  Omit<SourceColumns, 'sourceKnown'> &
  Partial<Pick<SourceColumns, 'sourceKnown'>>

/**
 * The tables as queries see them; those of figures are in `evaluationSchema.ts`. The truth about units and constraints is
 * in `migrations/`; a test compares the two. JSON columns that others define (recipe, options, payload …) are `unknown`:
 * who reads them parses them.
 */
export const classTable = sqliteTable('class', {
  id: integer('id').primaryKey(),
  place: integer('place').notNull().unique(),
  name: text('name').notNull().unique(),
})

export const image = sqliteTable(
  'image',
  {
    id: integer('id').primaryKey(),
    stem: text('stem').notNull().unique(),
    path: text('path').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    bytes: integer('bytes').notNull(),
    mtimeMs: integer('mtime_ms').notNull(),
    sha256: text('sha256').notNull(),
    split: text('split').notNull(),
  },
  table => [index('image_split').on(table.split, table.id), index('image_sha256').on(table.sha256)],
)

/** A column that names a photo, and goes with it. */
export const imageReference = () =>
  integer('image_id')
    .notNull()
    .references(() => image.id, { onDelete: 'cascade' })

export const imageLabel = sqliteTable(
  'image_label',
  {
    imageId: imageReference(),
    classId: integer('class_id')
      .notNull()
      .references(() => classTable.id, { onDelete: 'cascade' }),
    given: text('given', { enum: labelStates }).notNull(),
    corrected: text('corrected', { enum: labelStates }),
  },
  table => [
    primaryKey({ columns: [table.imageId, table.classId] }),
    index('image_label_class').on(table.classId, table.imageId),
    index('image_label_present')
      .on(table.classId, table.imageId, table.given, table.corrected)
      .where(sql`ifnull(${table.corrected}, ${table.given}) = 'present'`),
    index('image_label_corrected')
      .on(table.imageId)
      .where(sql`${table.corrected} is not null`),
  ],
)

export const run = sqliteTable('run', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  recipe: text('recipe', { mode: 'json' }).$type<unknown>().notNull(),
  seed: integer('seed').notNull(),
  engine: text('engine', { mode: 'json' }).$type<unknown>(),
  split: text('split').notNull(),
  datasetHash: text('dataset_hash').notNull(),
  state: text('state', { enum: workStates }).notNull(),
  error: text('error', { mode: 'json' }).$type<ErrorData>(),
  createdAt: integer('created_at').notNull(),
  startedAt: integer('started_at'),
  finishedAt: integer('finished_at'),
  fresh: integer('fresh', { mode: 'boolean' }).notNull().default(false),
})

/** A column that names a run, and goes with it. */
export const runReference = () => integer('run_id').references(() => run.id, { onDelete: 'cascade' })

export const runStep = sqliteTable(
  'run_step',
  {
    runId: runReference().notNull(),
    place: integer('place').notNull(),
    name: text('name').notNull(),
    method: text('method').notNull(),
    options: text('options', { mode: 'json' }).$type<unknown>().notNull(),
    state: text('state', { enum: workStates }).notNull(),
    summary: text('summary', { mode: 'json' }).$type<unknown>(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
    key: text('key'),
    originRun: integer('origin_run'),
    originStep: text('origin_step'),
  },
  table => [
    primaryKey({ columns: [table.runId, table.place] }),
    unique().on(table.runId, table.name),
    index('run_step_key')
      .on(table.key, table.runId)
      .where(sql`${table.key} is not null`),
  ],
)

export const mask = sqliteTable(
  'mask',
  {
    id: integer('id').primaryKey(),
    imageId: imageReference(),
    kind: text('kind', { enum: maskKinds }).notNull(),
    runId: runReference(),
    blob: text('blob').notNull(),
    version: integer('version').notNull(),
    review: text('review', { enum: reviewStates }).notNull(),
    pixels: text('pixels', { mode: 'json' }).$type<Readonly<Record<string, number>>>().notNull(),
    sourceRun: integer('source_run').references(() => run.id, { onDelete: 'set null' }),
    sourceStep: text('source_step'),
    sourceBlob: text('source_blob'),
    sourceKnown: integer('source_known', { mode: 'boolean' }).notNull().default(true),
  },
  table => [
    uniqueIndex('mask_of_image').on(table.imageId, table.kind, sql`ifnull(${table.runId}, 0)`),
    index('mask_run').on(table.runId),
    index('mask_source').on(table.sourceRun),
  ],
)

export const sourceAnnotation = sqliteTable('source_annotation', {
  imageId: integer('image_id')
    .primaryKey()
    .references(() => image.id, { onDelete: 'cascade' }),
  format: text('format').notNull(),
  blob: text('blob').notNull(),
})

export const maskVersion = sqliteTable(
  'mask_version',
  {
    imageId: imageReference(),
    version: integer('version').notNull(),
    blob: text('blob').notNull(),
    reason: text('reason', { enum: versionReasons }).notNull(),
    restored: integer('restored'),
    createdAt: integer('created_at').notNull(),
    sourceRun: integer('source_run').references(() => run.id, { onDelete: 'set null' }),
    sourceStep: text('source_step'),
    sourceBlob: text('source_blob'),
    sourceKnown: integer('source_known', { mode: 'boolean' }).notNull().default(false),
  },
  table => [primaryKey({ columns: [table.imageId, table.version] }), index('mask_version_source').on(table.sourceRun)],
)

export const strokeJournal = sqliteTable('stroke_journal', {
  imageId: integer('image_id')
    .primaryKey()
    .references(() => image.id, { onDelete: 'cascade' }),
  revision: integer('revision').notNull(),
  position: integer('position').notNull(),
  saved: integer('saved').notNull(),
})

export const stroke = sqliteTable(
  'stroke',
  {
    imageId: integer('image_id')
      .notNull()
      .references(() => strokeJournal.imageId, { onDelete: 'cascade' }),
    place: integer('place').notNull(),
    rewind: integer('rewind').notNull(),
    delta: blob('delta', { mode: 'buffer' }).notNull(),
  },
  table => [primaryKey({ columns: [table.imageId, table.place, table.rewind] })],
)

export const reviewDecision = sqliteTable(
  'review_decision',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    batch: integer('batch').notNull(),
    imageId: imageReference(),
    decision: text('decision', { enum: reviewDecisions }).notNull(),
    byRule: integer('by_rule').notNull(),
    version: integer('version').notNull(),
    before: text('before', { mode: 'json' }).$type<DecidedRow>(),
    decidedAt: integer('decided_at').notNull(),
  },
  table => [index('review_decision_batch').on(table.batch), index('review_decision_image').on(table.imageId)],
)

export const metric = sqliteTable(
  'metric',
  {
    id: integer('id').primaryKey(),
    runId: runReference().notNull(),
    step: text('step').notNull(),
    name: text('name').notNull(),
    at: real('at'),
    value: real('value'),
  },
  table => [index('metric_name').on(table.runId, table.step, table.name, table.at)],
)

export const artifact = sqliteTable(
  'artifact',
  {
    runId: runReference().notNull(),
    step: text('step').notNull(),
    kind: text('kind').notNull(),
    imageId: imageReference(),
    blob: text('blob').notNull(),
  },
  table => [
    primaryKey({ columns: [table.runId, table.step, table.kind, table.imageId] }),
    index('artifact_image').on(table.imageId),
  ],
)

export const job = sqliteTable(
  'job',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind').notNull(),
    runId: runReference(),
    payload: text('payload', { mode: 'json' }).$type<unknown>().notNull(),
    state: text('state', { enum: workStates }).notNull(),
    progress: text('progress', { mode: 'json' }).$type<JobProgress>(),
    error: text('error', { mode: 'json' }).$type<ErrorData>(),
    attempt: integer('attempt').notNull(),
    heartbeatAt: integer('heartbeat_at'),
    createdAt: integer('created_at').notNull(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
  },
  table => [index('job_state').on(table.state, table.id), index('job_run').on(table.runId)],
)

export const setting = sqliteTable('setting', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
})

export type ClassRow = typeof classTable.$inferSelect
export type ImageRow = typeof image.$inferSelect
export type NewImage = Omit<ImageRow, 'id'>
export type ImageLabelRow = typeof imageLabel.$inferSelect
export type MaskRow = typeof mask.$inferSelect
export type MaskVersionRow = typeof maskVersion.$inferSelect
export type StrokeJournalRow = typeof strokeJournal.$inferSelect
export type ReviewDecisionRow = typeof reviewDecision.$inferSelect
export type RunRow = typeof run.$inferSelect
export type RunStepRow = typeof runStep.$inferSelect
export type MetricRow = typeof metric.$inferSelect
export type ArtifactRow = typeof artifact.$inferSelect
export type JobRow = typeof job.$inferSelect
