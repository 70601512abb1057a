/**
 * The largest divisor of the batch that is at most `wanted`: micro-batches of one size whose gradients add up.
 * @param fewest so many must be together, as batch norms need two: where no smaller divisor will do, the next larger one
 */
export function microBatchSize(batch: number, wanted: number, fewest = 1): number {
  for (let size = Math.min(batch, Math.floor(wanted)); size >= fewest; size--) if (batch % size === 0) return size
  for (let size = fewest; size < batch; size++) if (batch % size === 0) return size
  return batch
}
