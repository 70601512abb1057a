/** The largest divisor of the batch that is at most `wanted`: micro-batches of one size whose gradients add up. */
export function microBatchSize(batch: number, wanted: number): number {
  for (let size = Math.min(batch, Math.max(1, Math.floor(wanted))); size > 1; size--)
    if (batch % size === 0) return size
  return 1
}
