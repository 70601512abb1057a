/** One photo as an importer hands it to the project. Classes are places 0 … C−1 in the project's list. */
export interface ImportedPhoto {
  readonly stem: string
  /** Absolute. */
  readonly path: string
  /** Pixels after EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly mtimeMs: number
  readonly sha256: string
  readonly split: string
  readonly present: readonly number[]
  /** Classes of which the source says that it does not know. */
  readonly unknown: readonly number[]
  /** Nothing is said about the truth when left out: a mask of an earlier import stays. */
  readonly truth?: ImportedTruth
}

/** A label map PNG among the project's blobs, with its pixels per label value. */
export interface ImportedTruth {
  readonly blob: string
  readonly pixels: Readonly<Record<string, number>>
}

/** What the project already knows of a photo: enough to see whether its file is still the same. */
export interface KnownPhoto {
  readonly path: string
  readonly bytes: number
  readonly mtimeMs: number
  readonly sha256: string
}

export interface ImportCounts {
  readonly imported: number
  /** Known photos whose file, labels, split or mask are different now. */
  readonly updated: number
  readonly unchanged: number
}

/** What an import needs of the project's database. */
export interface ImportStore {
  /** The project's classes; none before the first import. */
  classes(): readonly string[]
  /** Photos by stem. */
  known(): ReadonlyMap<string, KnownPhoto>
  /** Stores everything in one transaction. Classes are set by the first import and only confirmed by later ones. */
  store(classes: readonly string[], photos: readonly ImportedPhoto[]): ImportCounts
}

/** Where an import goes: an open project, seen from the importers. */
export interface ImportTarget {
  readonly folder: string
  readonly blobFolder: string
  readonly imports: ImportStore
}

/** A file that was left out, or a part of a photo that was, and why. */
export interface SkippedFile {
  /** What is missing in the project now: the photo, its mask, or some of its labels. */
  readonly what: 'photo' | 'mask' | 'label'
  readonly file: string
  readonly reason: string
}

/** What an import did, for people and programs. */
export interface ImportReport extends ImportCounts {
  readonly classes: readonly string[]
  /** Photos by split: of this import, not of the project. */
  readonly splits: Readonly<Record<string, number>>
  /** Photos in which none of the classes is present: kept, with no labels. */
  readonly withoutLabels: number
  /** Photos that came with ground truth. */
  readonly masks: number
  readonly skipped: readonly SkippedFile[]
  /** What was done that a person should know: classes left out, values turned into void … One sentence each. */
  readonly notes: readonly string[]
}
