import type { MaskObject, ObjectRules } from '../../../shared/raster/maskObjects'
import type { ExportPhoto, ExportWork } from './defineExport'

/** A photo's label map as a pool task asks for it. */
export function mapOf({ stem, blob, width, height }: ExportPhoto) {
  return { path: blob, photo: stem, width, height }
}

/** Takes photos' masks apart into objects, in the pool, and remembers what got lost on the way. */
export class PhotoObjects {
  readonly #work: ExportWork
  readonly #rules: ObjectRules
  readonly #outlines: boolean
  #leftOut = 0

  /** @param outlines whether the objects' lines are wanted, too */
  constructor(work: ExportWork, rules: ObjectRules, outlines: boolean) {
    this.#work = work
    this.#rules = rules
    this.#outlines = outlines
  }

  async of(photo: ExportPhoto): Promise<readonly MaskObject[]> {
    const { pool, signal } = this.#work
    const input = { ...mapOf(photo), rules: this.#rules, outlines: this.#outlines }
    const { objects, leftOut } = await pool.run('maskObjects', input, signal)
    this.#leftOut += leftOut
    return objects
  }

  /** A sentence each for what the objects do not say of the masks. */
  notes(): readonly string[] {
    return smallNote(this.#leftOut, this.#rules)
  }
}

/** Says how many objects were too small. */
export function smallNote(leftOut: number, { minimumArea }: Pick<ObjectRules, 'minimumArea'>): readonly string[] {
  return leftOut === 0 ? [] : [`${leftOut} objects of less than ${minimumArea} pixels are left out.`]
}
