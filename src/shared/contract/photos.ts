import type { LabelState, ReviewState } from './states'

/** What is known of one class in one photo. */
export interface PhotoLabel {
  /** Of the class, 0 … C−1. */
  readonly place: number
  /** What holds. */
  readonly state: LabelState
  /** Who says so: the import, or a person since. */
  readonly source: 'given' | 'corrected'
  /** What the import said; it holds again when a correction is taken back. */
  readonly given: LabelState
}

/** One photo in a list. */
export interface PhotoRow {
  readonly id: number
  readonly stem: string
  /** Pixels after EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly split: string
  /** Start of the hash of its bytes: the address of its pictures carries it, so that they may be kept for ever. */
  readonly hash: string
  /** By place; a class that is not listed is absent and was never said to be anything else. */
  readonly labels: readonly PhotoLabel[]
  readonly hasTruth: boolean
  /** What a person has said of its mask. */
  readonly review: ReviewState
}

/** A part of a list of photos. */
export interface PhotoPage {
  /** Photos in the whole list. */
  readonly total: number
  readonly rows: readonly PhotoRow[]
}

/** Longest sides of the pictures that are made of photos, pixels. */
export const thumbnailSizes = [128, 192, 256, 512] as const
export type ThumbnailSize = (typeof thumbnailSizes)[number]
