/** One photo as a method sees it. Paths are absolute; labels are class indices 0 … C−1. */
export interface DatasetImage {
  readonly id: number
  /** File name without its extension, unique in the project; exported masks carry it. */
  readonly stem: string
  readonly path: string
  /** Pixels after EXIF orientation. */
  readonly width: number
  readonly height: number
  /** Indices of the classes present, ascending. */
  readonly labels: readonly number[]
  /** Nobody has said which classes it shows: `labels` is empty, and yet it may show any. Left out where that is known. */
  readonly unlabelled?: true
  /** A label map PNG of the photo's size: 0 background, 1 … C, 255 void. */
  readonly truth?: string
  /** A label map of the same kind that a person accepted or edited. */
  readonly correction?: string
  /** Size, modification time and content hash of the photo when it was imported: the feature cache is keyed by it. */
  readonly sha256: string
}

/** What a run works on: the classes in the project's order and the photos of one split. */
export interface Dataset {
  readonly classes: readonly string[]
  readonly images: readonly DatasetImage[]
  /** Hash of classes, photos, labels and split: figures with different hashes may not be compared. */
  readonly hash: string
  readonly split: string
}
