/** A mask that was made again, with what a person had changed in the one before. */
export interface KeptPixels {
  /** `[pixels]` labels */
  readonly labels: Uint8Array
  /** Pixels that the person had changed. */
  readonly changed: number
  /** Of them, those that the new mask has otherwise: the person's label stands. */
  readonly overruled: number
}

/**
 * Lays a person's corrections over a mask that was made again: where the corrected mask differs from what it began as,
 * the person said so, and it stays; everywhere else the new mask holds.
 *
 * @param made      `[pixels]` labels of the new mask
 * @param corrected `[pixels]` labels as the person left them
 * @param before    `[pixels]` labels that the person began from
 */
export function withPersonsPixels(made: Uint8Array, corrected: Uint8Array, before: Uint8Array): KeptPixels {
  const labels = made.slice()
  let [changed, overruled] = [0, 0]
  for (let i = 0; i < labels.length; i++) {
    if (corrected[i] === before[i]) continue
    changed++
    if (labels[i] !== corrected[i]) overruled++
    labels[i] = corrected[i]!
  }
  return { labels, changed, overruled }
}
