import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Dataset } from '../../shared/contract/dataset'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import { ArtifactRepo } from './artifactRepo'
import { backUp, backUpDaily } from './backup'
import { ClassRepo } from './classRepo'
import { CorrectionRepo } from './correctionRepo'
import { inTransaction, openDatabase } from './database'
import type { Database } from './database'
import { datasetOf } from './datasetOf'
import { DatasetStats } from './datasetStats'
import { DecisionRepo } from './decisionRepo'
import { EvaluationRepo } from './evaluationRepo'
import { goneError, type FilePlace } from './filePlace'
import { ImageRepo } from './imageRepo'
import { ImportRepo } from './importRepo'
import { JobRepo } from './jobRepo'
import { LabelRepo } from './labelRepo'
import { lockProject } from './lock'
import type { ProjectLock } from './lock'
import { MaskRepo } from './maskRepo'
import { MetricRepo } from './metricRepo'
import { isProjectDatabase, latestVersion, migrate, schemaVersion } from './migrate'
import { PhotoLists } from './photoLists'
import { PhotoSets } from './photoSets'
import { RunRepo } from './runRepo'
import { SettingRepo } from './settingRepo'
import { SourceAnnotationRepo } from './sourceAnnotationRepo'
import { StrokeRepo } from './strokeRepo'

/** An open project. Everything is synchronous: SQLite answers before a promise would. */
export interface Project {
  readonly folder: string
  readonly readOnly: boolean
  /** Whether its folder is still where it was opened. */
  readonly place: FilePlace
  /** Version of its schema: higher than `latestVersion` where a later Maskwright made it. */
  readonly schema: number
  readonly blobFolder: string
  readonly cacheFolder: string
  readonly backupFolder: string
  /** `runs/<id>`; who writes there makes it. */
  runFolder(runId: number): string
  readonly classes: ClassRepo
  readonly images: ImageRepo
  readonly photos: PhotoLists
  readonly stats: DatasetStats
  readonly labels: LabelRepo
  readonly masks: MaskRepo
  readonly corrections: CorrectionRepo
  readonly strokes: StrokeRepo
  readonly decisions: DecisionRepo
  readonly imports: ImportRepo
  readonly annotations: SourceAnnotationRepo
  readonly runs: RunRepo
  readonly metrics: MetricRepo
  readonly artifacts: ArtifactRepo
  readonly evaluations: EvaluationRepo
  readonly jobs: JobRepo
  readonly settings: SettingRepo
  /** The photos of a split, or all, with absolute paths; masks too where there are any. */
  dataset(split?: string): Dataset
  /** All that `work` stores, or none of it. */
  transaction<Result>(work: () => Result): Result
  /** What went wrong at opening and did not keep it from opening: for the person to read. */
  readonly warnings: readonly string[]
  /** Copies the database into `backups/`. @returns the file */
  backUp(): string
  close(): void
}

export interface OpenOptions {
  /** Look, change nothing: possible while another process has the project, and for projects of later versions. */
  readonly readOnly?: boolean
  /** Make the project; the folder may exist, a project in it may not. */
  readonly create?: boolean
  /** Where this program's window is; others who want the project read it. */
  readonly origin?: string
}

const DATABASE_FILE = 'project.sqlite'

/**
 * Opens the project in `folder`. For writing it takes the project's lock, backs the database up once a day and before it
 * is migrated from an older version, and queues what a crash interrupted.
 */
export function openProject(folder: string, options: OpenOptions = {}): Project {
  const path = resolve(folder)
  if (options.create) mkdirSync(path, { recursive: true })
  else assertProjectFolder(path)
  if (options.readOnly) return projectOf(path, openChecked(path, true), undefined)
  const lock = lockProject(path, options.origin)
  try {
    const database = options.create ? createDatabase(path) : openChecked(path, false)
    return upgraded(path, database, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

function assertProjectFolder(folder: string): void {
  const file = join(folder, DATABASE_FILE)
  if (existsSync(file) && statSync(file).isFile()) return
  if (!existsSync(folder)) throw goneError(folder)
  throw new WorkbenchError(
    'NOT_A_PROJECT',
    `${folder} is not a Maskwright project: it has no ${DATABASE_FILE}. Choose the folder that holds one, or make a new project.`,
  )
}

/** A killed `new` leaves an empty database: it is no project yet, so it may be finished. */
function createDatabase(folder: string): Database {
  const database = openDatabase(join(folder, DATABASE_FILE), { readOnly: false })
  if (!isProjectDatabase(database) && schemaVersion(database) === 0) return database
  database.sqlite.close()
  throw new WorkbenchError('BAD_INPUT', `${folder} is a project already: choose another folder, or open this one.`)
}

function openChecked(folder: string, readOnly: boolean): Database {
  const file = join(folder, DATABASE_FILE)
  const database = openDatabase(file, { readOnly })
  try {
    assertReadable(database, folder, readOnly)
    return database
  } catch (error) {
    database.sqlite.close()
    throw error
  }
}

function assertReadable(database: Database, folder: string, readOnly: boolean): void {
  if (!isProjectDatabase(database))
    throw new WorkbenchError(
      'NOT_A_PROJECT',
      `${folder} is not a Maskwright project: its ${DATABASE_FILE} was made by another program.`,
    )
  const version = schemaVersion(database)
  if (version > latestVersion && !readOnly)
    throw new WorkbenchError(
      'PROJECT_NEWER',
      `${folder} was made by a later Maskwright (schema ${version}, this one knows ${latestVersion}): ` +
        'install that version, or open the project read-only.',
    )
  if (version < latestVersion && readOnly)
    throw new WorkbenchError(
      'UNSUPPORTED',
      `${folder} is of an earlier Maskwright (schema ${version}, this one needs ${latestVersion}): ` +
        'open it once for writing to bring it up to date; a backup is made before.',
    )
}

function upgraded(folder: string, database: Database, lock: ProjectLock): Project {
  try {
    const isNew = schemaVersion(database) === 0 // there is nothing yet to lose
    migrate(database, () => {
      if (!isNew) backUp(database, join(folder, 'backups'), 'migration')
    })
    const project = projectOf(folder, database, lock, dailyBackup(folder, database))
    project.transaction(() => {
      project.jobs.requeueInterrupted()
      project.runs.requeueInterrupted()
    })
    return project
  } catch (error) {
    database.sqlite.close()
    throw error
  }
}

/** A full disk must not keep people out of their project. @returns what went wrong */
function dailyBackup(folder: string, database: Database): readonly string[] {
  const hasPhotos = database.sqlite.prepare('SELECT 1 FROM image LIMIT 1').get() !== undefined
  if (!hasPhotos) return [] // nothing could be lost yet
  try {
    backUpDaily(database, join(folder, 'backups'))
    return []
  } catch (error) {
    return [`Today's backup could not be made. ${toErrorData(error).message}`]
  }
}

function projectOf(
  folder: string,
  database: Database,
  lock: ProjectLock | undefined,
  warnings: readonly string[] = [],
): Project {
  const blobFolder = join(folder, 'blobs')
  const backupFolder = join(folder, 'backups')
  const sets = new PhotoSets(database)
  const repos = {
    classes: new ClassRepo(database),
    images: new ImageRepo(database),
    labels: new LabelRepo(database),
    masks: new MaskRepo(database),
    corrections: new CorrectionRepo(database),
    annotations: new SourceAnnotationRepo(database),
  }
  return {
    folder,
    readOnly: lock === undefined,
    place: database.place,
    schema: schemaVersion(database),
    blobFolder,
    cacheFolder: join(folder, 'cache'),
    backupFolder,
    warnings,
    runFolder: runId => join(folder, 'runs', String(runId)),
    ...repos,
    strokes: new StrokeRepo(database),
    decisions: new DecisionRepo(database, repos.corrections),
    photos: new PhotoLists(database, sets),
    stats: new DatasetStats(database, repos.classes, sets),
    imports: new ImportRepo(database, { folder, ...repos }),
    runs: new RunRepo(database),
    metrics: new MetricRepo(database),
    artifacts: new ArtifactRepo(database),
    evaluations: new EvaluationRepo(database),
    jobs: new JobRepo(database),
    settings: new SettingRepo(database),
    dataset: split => datasetOf({ folder, blobFolder, ...repos }, split),
    transaction: work => inTransaction(database, work),
    backUp: () => backUp(database, backupFolder),
    close: () => {
      database.sqlite.close()
      lock?.release()
    },
  }
}
