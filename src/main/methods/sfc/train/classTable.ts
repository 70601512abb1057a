import type { ClassBalance } from '../../../../shared/contract/classBalance'
import {
  bankAppearances,
  distributionCoefficients,
  totalDemand,
} from '../../../../shared/metrics/distributionCoefficient'
import { groupsByFrequency } from '../../../../shared/metrics/frequencyGroups'
import type { SfcOptions } from './options'

/** Counts, bank draws and coefficients of every class: shown with the run. */
export function sfcClassTable(
  classes: readonly string[],
  labels: readonly (readonly number[])[],
  {
    bankDraws,
    batch,
    bankFactor,
    coefficients,
  }: Pick<SfcOptions, 'bankDraws' | 'batch' | 'bankFactor' | 'coefficients'>,
): readonly ClassBalance[] {
  const counts = classes.map((_, c) => labels.filter(photo => photo.includes(c)).length)
  const present = counts.filter(count => count > 0).length
  const draws = { drawsPerStep: bankDraws, stepsPerEpoch: Math.floor(labels.length / batch) }
  const expected = bankAppearances(draws, present, 1)
  const weights = distributionCoefficients(counts, bankAppearances(draws, present, bankFactor))
  const groups = groupsByFrequency(counts)
  const demand = totalDemand(counts.filter(count => count > 0))
  const rank = (c: number) => counts.slice(0, c).filter(count => count > 0).length
  return classes.map((name, c) => ({
    class: name,
    group: groups[c]!,
    photos: counts[c]!,
    bankDraws: counts[c]! > 0 ? expected : 0,
    demand: counts[c]! > 0 ? demand[rank(c)]! : 0,
    coefficient: coefficients === 'even' ? Math.min(1, counts[c]!) : weights[c]!,
  }))
}
