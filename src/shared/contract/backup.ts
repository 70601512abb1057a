/** Why a backup was made: by hand, once a day, before a migration, or before another one took the project's place. */
export const backupKinds = ['manual', 'daily', 'migration', 'restore'] as const
export type BackupKind = (typeof backupKinds)[number]

/** A copy of a project's database in its folder `backups/`. */
export interface Backup {
  /** The file's name in `backups/`. */
  readonly name: string
  readonly kind: BackupKind
  /** Unix time, ms. */
  readonly madeAt: number
  /** Version of the schema that it holds. */
  readonly schema: number
  readonly bytes: number
}

/** What a restore did. */
export interface Restored {
  /** The backup that is the project now. */
  readonly restored: string
  /** File in `backups/` that holds the project as it was before; null where there was none. */
  readonly kept: string | null
}
