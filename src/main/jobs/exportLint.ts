import {
  lintKinds,
  type ExportLint,
  type LintIssue,
  type LintKind,
  type LintPhoto,
} from '../../shared/contract/exportLint'
import { mostAmong } from '../../shared/contract/imageFilter'
import { isCancellation, toErrorData } from '../../shared/errors'
import { VOID } from '../../shared/raster/palette'
import { safeFileName } from '../datasets/exporting/safeFileName'
import type { Project } from '../db/open'
import { forEachInPool, type PoolWorkContext } from '../pool/forEachInPool'
import { isCorrection } from './corrections'
import { exportSource, type ExportChoice, type ExportSource, type SourcePhoto } from './exportSource'
import type { ExportContents } from '../../shared/contract/export'

/** Photos that are told of a kind: as many as a list of Review can be made of. */
const MOST_TOLD = mostAmong

/** Looks at all that an export would write, and writes nothing. Masks are opened one by one in the pool. */
export async function lintExport(
  project: Project,
  contents: ExportContents,
  choice: ExportChoice,
  work: PoolWorkContext,
): Promise<ExportLint> {
  const source = exportSource(project, contents, choice)
  const findings = new Findings(source.classes)
  for (const { id, stem } of source.missing) findings.add('missing', { image: id, stem })
  for (const { id, photo } of source.photos)
    if (!isFileName(photo.stem)) findings.add('name', { image: id, stem: photo.stem })
  if (contents === 'masks') {
    const reviewable = choice.masks === 'run' || choice.masks === 'corrected'
    await forEachInPool(work, source.photos, 'checking masks', async photo => {
      if (reviewable && !(photo.correction !== undefined && isCorrection(photo.correction)))
        findings.add('unreviewed', { image: photo.id, stem: photo.photo.stem })
      await lintMask(photo, source, findings, work)
    })
  }
  for (const { photo } of source.photos) findings.label(photo.present)
  return findings.lint(source.photos.length)
}

async function lintMask(
  { id, photo }: SourcePhoto,
  { classes }: ExportSource,
  findings: Findings,
  { pool }: PoolWorkContext,
): Promise<void> {
  const of = { image: id, stem: photo.stem }
  const counted = await pool.run('labelCounts', { path: photo.blob }).catch((error: unknown) => {
    if (isCancellation(error) || toErrorData(error).code === 'INTERNAL') throw error
    findings.add('unreadable', of)
    return undefined
  })
  if (counted === undefined) return
  const { width, height, counts } = counted
  if (width !== photo.width || height !== photo.height) findings.add('size', of)
  const pixels = width * height
  const beyond = counts.subarray(classes.length + 1, VOID).reduce((sum, count) => sum + count, 0)
  if (beyond > 0) findings.add('values', { ...of, share: beyond / pixels })
  const shown = classes.flatMap((_, place) => (counts[place + 1]! > 0 ? [place] : []))
  findings.count(shown, counts)
  const extra = shown.filter(place => !photo.present.includes(place) && !photo.unknown.includes(place))
  if (extra.length > 0) findings.add('extra', { ...of, classes: extra, share: sumOf(counts, extra) / pixels })
  const lacking = photo.present.filter(place => !shown.includes(place))
  if (lacking.length > 0) findings.add('lacking', { ...of, classes: lacking })
  if (shown.length === 0) findings.add('blank', of)
  if (counts[VOID]! > 0) findings.add('void', { ...of, share: counts[VOID]! / pixels })
}

function sumOf(counts: Uint32Array, places: readonly number[]): number {
  return places.reduce((sum, place) => sum + counts[place + 1]!, 0)
}

function isFileName(stem: string): boolean {
  try {
    return safeFileName(stem) === stem
  } catch {
    return false // the sentence is told by the export itself
  }
}

/** What was found so far. */
class Findings {
  readonly #found = new Map<LintKind, LintPhoto[]>()
  readonly #classes: readonly string[]
  readonly #labelled: number[]
  readonly #photos: number[]
  readonly #pixels: number[]

  constructor(classes: readonly string[]) {
    this.#classes = classes
    this.#labelled = classes.map(() => 0)
    this.#photos = classes.map(() => 0)
    this.#pixels = classes.map(() => 0)
  }

  add(kind: LintKind, photo: Pick<LintPhoto, 'image' | 'stem'> & Partial<LintPhoto>): void {
    const list = this.#found.get(kind) ?? []
    this.#found.set(kind, list)
    list.push({ classes: [], share: null, ...photo })
  }

  /** @param present places of a photo's labels */
  label(present: readonly number[]): void {
    for (const place of present) this.#labelled[place]!++
  }

  /** @param counts pixels by value */
  count(shown: readonly number[], counts: Uint32Array): void {
    for (const place of shown) {
      this.#photos[place]!++
      this.#pixels[place]! += counts[place + 1]!
    }
  }

  lint(photos: number): ExportLint {
    const issues = lintKinds.flatMap((kind): LintIssue[] => {
      const found = this.#found.get(kind)
      if (found === undefined) return []
      found.sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || (a.stem < b.stem ? -1 : 1))
      return [{ kind, photos: found.length, first: found.slice(0, MOST_TOLD) }]
    })
    const classes = this.#classes.map((name, place) => ({
      name,
      labelled: this.#labelled[place]!,
      photos: this.#photos[place]!,
      pixels: this.#pixels[place]!,
    }))
    return { photos, issues, classes }
  }
}
