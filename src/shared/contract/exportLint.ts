/**
 * What may be wrong with masks before they leave. The first four stop an export or make it wrong: a mask that cannot be
 * read, one of another size than its photo, one with values beyond the classes, a photo whose name cannot name a file.
 */
export const lintKinds = [
  'unreadable',
  'size',
  'values',
  'name',
  'missing', // there is no mask
  'extra', // it shows a class that the image labels say is not there
  'lacking', // a class of the image labels is not in it
  'blank', // it shows no class at all
  'void', // pixels that nobody decided
  'unreviewed', // nobody has accepted or edited it
] as const
export type LintKind = (typeof lintKinds)[number]

export const stoppingKinds: ReadonlySet<LintKind> = new Set(['unreadable', 'size', 'values', 'name'])

/** A photo that a kind was found in. */
export interface LintPhoto {
  readonly image: number
  readonly stem: string
  /** Classes that are meant, as places; none where the kind is not about classes. */
  readonly classes: readonly number[]
  /** Share of its pixels that are meant, 0 … 1; null where the kind is not about pixels. */
  readonly share: number | null
}

export interface LintIssue {
  readonly kind: LintKind
  /** In how many photos. */
  readonly photos: number
  /** Some of them: those with the largest share, else the first. */
  readonly first: readonly LintPhoto[]
}

/** What a look at everything that is to leave found. */
export interface ExportLint {
  /** Photos that were looked at. */
  readonly photos: number
  readonly issues: readonly LintIssue[]
  /** In the project's order. */
  readonly classes: readonly LintClass[]
}

export interface LintClass {
  readonly name: string
  /** Photos that are labelled with it. */
  readonly labelled: number
  /** Photos and pixels that show it. */
  readonly photos: number
  readonly pixels: number
}
