/** How often classes are seen beside their own photos: what the image bank of a training adds. */
export interface BankDraws {
  /** Samples drawn from the bank beside every batch. */
  readonly drawsPerStep: number
  /** Batches a pass over the photos. */
  readonly stepsPerEpoch: number
}

/**
 * TD_c = Σ_k |n_c − n_k|: how far a class's count lies from all others (SFC, arXiv:2401.11719; the literals `ben` of
 * Barrett-python/SFC@4f624a9 are exactly these for VOC). O(C log C) by prefix sums over the sorted counts.
 *
 * @param counts photos of each class
 */
export function totalDemand(counts: readonly number[]): number[] {
  const ascending = [...counts.keys()].sort((a, b) => counts[a]! - counts[b]!)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const demand = new Array<number>(counts.length).fill(0)
  let before = 0
  for (const [rank, place] of ascending.entries()) {
    const count = counts[place]!
    const after = total - before - count
    demand[place] = count * rank - before + after - count * (counts.length - 1 - rank)
    before += count
  }
  return demand
}

/**
 * The weight of each class in SFC's consistency losses: DC_c ∝ TD_c / (n_c + R), with mean 1 over the classes that have
 * photos. A loss weighs a class once an appearance, so that over an epoch each class weighs as much as its demand.
 *
 * A class without photos is left out of the demand and the mean and weighs 0. Where all classes are as frequent, or
 * there is one, nothing is in demand and all weigh 1 (the reference would divide 0 by 0).
 *
 * @param counts photos of each class
 * @param draws R ≥ 0: appearances that the image bank adds to each class, see `bankAppearances`
 */
export function distributionCoefficients(counts: readonly number[], draws: number): number[] {
  const present = counts.filter(count => count > 0)
  const demand = totalDemand(present)
  const raw = present.map((count, c) => demand[c]! / (count + draws))
  const sum = raw.reduce((total, value) => total + value, 0)
  const scaled = raw.map(value => (sum === 0 ? 1 : (value * present.length) / sum))
  let next = 0
  return counts.map(count => (count > 0 ? scaled[next++]! : 0))
}

/**
 * R = ρ · draws · steps / C. The reference has ρ = 3 without a reason (the bank's own draws in an epoch are ρ = 1); the
 * coefficients move little with it.
 */
export function bankAppearances({ drawsPerStep, stepsPerEpoch }: BankDraws, classes: number, factor: number): number {
  return classes === 0 ? 0 : (factor * drawsPerStep * stepsPerEpoch) / classes
}
