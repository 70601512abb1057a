import type { CrowdRule, DifficultRule, SkippedFile } from '../../../shared/contract/import'
import type { LabelMap } from '../../media/labelPng'
import type { Size } from '../../../shared/raster/size'

/** What a person says about a dataset; what is left out is looked for where the format keeps it. */
export interface ImportSource {
  /** The dataset: a folder or a file. */
  readonly path: string
  readonly images?: string
  readonly labels?: string
  readonly masks?: string
  /** A list of photos, one a line: only these, in a split that is called like the file. */
  readonly split?: string
  readonly classes?: readonly string[]
  readonly difficult: DifficultRule
  readonly crowd: CrowdRule
}

/** The classes in a photo by the names that the source uses. */
export interface NamedLabels {
  readonly present: readonly string[]
  readonly unknown: readonly string[]
  /** Nothing is said: without it a photo of no class shows none of them, as a row of zeros says. */
  readonly unlabelled?: true
}

export interface DraftPhoto {
  /** Absolute. */
  readonly path: string
  readonly stem: string
  readonly split: string
  /** `from-mask`: the classes that the photo's mask shows. */
  readonly labels: NamedLabels | 'from-mask'
  /** Its label map in the source's values: the absolute path of a picture, or one that is drawn of what the source says. */
  readonly mask?: string | DrawnMask
  /** What the source says of the photo, as JSON, where its format can give it back. */
  readonly annotation?: () => Promise<string>
}

/** A label map that lies in no picture: annotations that are drawn once the photo is opened. */
export interface DrawnMask {
  /** What sentences call it. */
  readonly name: string
  /** The source's size of the photo is that of the map; null: the photo's own, after its EXIF orientation. */
  readonly size: Size | null
  readonly draw: (size: Size) => Promise<LabelMap>
}

/** A dataset as its files describe it, before any photo or mask is opened. */
export interface DatasetDraft {
  readonly photos: readonly DraftPhoto[]
  /** Every class that the source names, in the order it should have. */
  readonly classes: readonly string[]
  /** What the values of the masks mean, from value 1; unnamed when the source does not say. */
  readonly maskNames?: readonly string[]
  readonly skipped: readonly SkippedFile[]
  readonly notes: readonly string[]
}

/** A way in which others keep photos with labels. */
export interface DatasetFormat {
  readonly id: string
  readonly title: string
  /** Whether `path` looks like it. */
  readonly detect: (path: string) => Promise<boolean>
  /** Reads lists and labels; photos and masks are only found, not opened. */
  readonly read: (source: ImportSource, signal?: AbortSignal) => Promise<DatasetDraft>
}

export function defineFormat(format: DatasetFormat): DatasetFormat {
  return format
}
