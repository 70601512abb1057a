import type { z } from 'zod'
import type { ExportContents } from '../../../shared/contract/export'
import type { PoolClient } from '../../pool/poolClient'
import type { ExportFolder } from './exportFolder'

/** A photo on its way out. */
export interface ExportPhoto {
  readonly stem: string
  /** What the photo's file is called: `2007_000032.jpg`. */
  readonly fileName: string
  /** Pixels after EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly split: string
  /** Classes present, as places 0 … C−1 in the project's list, ascending. */
  readonly present: readonly number[]
  /** Classes of which nobody knows. */
  readonly unknown: readonly number[]
  /** Absolute path of its label map or score maps; empty for a format that takes none. */
  readonly blob: string
  /** What its source said of it, word for word: a JSON of an import format. */
  readonly annotation?: { readonly format: string; readonly path: string }
}

/** All that a format turns into files. */
export interface ExportContent<Options = unknown> {
  readonly classes: readonly string[]
  /** By stem. */
  readonly photos: readonly ExportPhoto[]
  /** A trained network's file, for a format that takes one. */
  readonly checkpoint?: string
  readonly options: Options
}

/** What an export has at hand while it works. */
export interface ExportWork {
  readonly pool: PoolClient
  readonly signal?: AbortSignal
  /** `work` for every photo, several at once, with progress and cancel; results in the photos' order. */
  forEachPhoto<Result>(
    photos: readonly ExportPhoto[],
    work: (photo: ExportPhoto, index: number) => Promise<Result>,
  ): Promise<Result[]>
}

type Write<Options> = (
  content: ExportContent<Options>,
  folder: ExportFolder,
  work: ExportWork,
) => Promise<readonly string[]>

interface ExportDefinition<Schema extends z.ZodObject> {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly contents: ExportContents
  /** Every option with its default, bounds and reason. */
  readonly options: Schema
  /** Fills the folder. @returns what the format could not say, a sentence each */
  readonly write: Write<z.output<Schema>>
}

/** A way in which others want masks, maps or labels; `write` parses the options by the schema. */
export type ExportFormat = Omit<ExportDefinition<z.ZodObject>, 'write'> & { readonly write: Write<unknown> }

export function defineExport<Schema extends z.ZodObject>(definition: ExportDefinition<Schema>): ExportFormat {
  const { options: schema, write } = definition
  return {
    ...definition,
    write: ({ options, ...content }, folder, work) =>
      write({ ...content, options: schema.parse(options) }, folder, work),
  }
}
