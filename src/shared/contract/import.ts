/** What VOC's objects that are marked as difficult count as. */
export const difficultRules = ['present', 'absent', 'unknown'] as const
export type DifficultRule = (typeof difficultRules)[number]

/** What COCO's crowds, whose people or things nobody told apart, are in a mask: nobody's, or their class's. */
export const crowdRules = ['void', 'class'] as const
export type CrowdRule = (typeof crowdRules)[number]

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
  /** The source names the photo and says nothing of its classes: where none is present, none is known to be absent. */
  readonly unlabelled?: true
  /** Nothing is said about the truth when left out: a mask of an earlier import stays. */
  readonly truth?: ImportedTruth
  /** Left out where there is nothing to give back: that of an earlier import stays. */
  readonly annotation?: SourceAnnotation
}

/** What a source said of a photo, word for word, to be given back when masks leave by the same format. */
export interface SourceAnnotation {
  /** Id of the import format. */
  readonly format: string
  /** A JSON among the project's blobs. */
  readonly blob: string
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

/** How an import report travels: its list of skipped files is paged. */
export interface ImportSummary extends Omit<ImportReport, 'skipped'> {
  /** Id of the report. */
  readonly id: string
  readonly format: string
  readonly path: string
  /** Unix time, ms. */
  readonly finishedAt: number
  /** How many files were left out, by what is missing now. */
  readonly skipped: Readonly<Record<SkippedFile['what'], number>>
}

/** A class of a dataset before it is imported. */
export interface PreviewClass {
  readonly name: string
  /** Photos in which it is present; null where only the masks tell, which are not opened yet. */
  readonly photos: number | null
  /** Photos of which the source says that it does not know. */
  readonly unknown: number
  /** False for a class that the import leaves out, because it was not chosen or the project does not have it. */
  readonly chosen: boolean
}

/** What an import would bring, from lists and labels alone: no photo and no mask was opened. */
export interface ImportPreview {
  readonly format: string
  readonly photos: number
  /** Photos that a mask was found for. */
  readonly masks: number
  readonly splits: Readonly<Record<string, number>>
  /** The classes of the import in their order, then those left out. */
  readonly classes: readonly PreviewClass[]
  /** The project has its classes already, and they stay. */
  readonly classesAreFixed: boolean
  /** Photos in which none of the chosen classes is present; null where only the masks tell. */
  readonly withoutLabels: number | null
  /** Some of the photos, evenly spread. */
  readonly samples: readonly PreviewSample[]
  readonly skipped: { readonly total: number; readonly first: readonly SkippedFile[] }
  readonly notes: readonly string[]
}

export interface PreviewSample {
  readonly path: string
  readonly stem: string
  readonly split: string
  /** Names that the source uses; null where only the mask tells. */
  readonly labels: readonly string[] | null
  readonly mask: boolean
}
