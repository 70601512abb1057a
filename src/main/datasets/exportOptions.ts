/** What every export takes. */
export interface ExportOptions {
  readonly out: string
  readonly signal?: AbortSignal
  readonly progress?: (progress: ExportProgress) => void
}

export interface ExportProgress {
  readonly done: number
  readonly total: number
  readonly unit: 'photos'
  readonly stage: string
}

/** What an export wrote, for people and programs. */
export interface ExportReport {
  /** Absolute. */
  readonly folder: string
  readonly files: number
}

export const FILES_AT_ONCE = 8
