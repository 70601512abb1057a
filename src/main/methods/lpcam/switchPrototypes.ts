import { WorkbenchError } from '../../../shared/errors'
import { didYouMean } from '../../../shared/nearestName'
import { parsePrototypeName } from '../../../shared/prototypes/prototypeId'
import type { ClassPrototypeReport } from '../../artifacts/prototypes'
import type { ClusteredClass } from './clusterClass'
import type { LpcamOptions } from './options'

/**
 * The prototypes with those that a person named switched off (`drop`) or on (`keep`), over what the probabilities chose.
 * A class that has none of its own left takes the seed's map, as one that never had any.
 * @throws RECIPE_INVALID naming the prototype that there is not
 */
export function switchPrototypes(
  clustered: readonly ClusteredClass[],
  { drop, keep }: Pick<LpcamOptions, 'drop' | 'keep'>,
): readonly ClusteredClass[] {
  if (drop.length === 0 && keep.length === 0) return clustered
  const selected = clustered.map(({ report }) => ({
    foreground: [...report.foreground.selected],
    context: [...report.context.selected],
  }))
  const names = clustered.map(({ report }) => report.name)
  const turn = (name: string, on: boolean) => {
    const { className, place } = parsePrototypeName(name) ?? refuse(name, 'cat/f3 or cat/c1 would be one')
    const of = names.indexOf(className)
    if (of < 0) refuse(name, `there is no class "${className}"${didYouMean(className, names)}`)
    const { report } = clustered[of]!
    const side = report[place.side]
    if (side.probabilities[place.index] == null)
      refuse(name, `"${className}" has ${side.counts.length} of that kind, counted from 1`)
    selected[of]![place.side][place.index] = on
  }
  for (const name of drop) turn(name, false)
  for (const name of keep) turn(name, true)
  return clustered.map(({ centres, report }, n) => ({ centres, report: withSelection(report, selected[n]!) }))
}

function withSelection(
  report: ClassPrototypeReport,
  { foreground, context }: Readonly<Record<'foreground' | 'context', boolean[]>>,
): ClassPrototypeReport {
  const usable = foreground.includes(true)
  return {
    ...report,
    status: usable ? 'prototypes' : 'no-foreground',
    fallback: usable ? (report.fallback === 'top1' ? 'top1' : 'none') : 'cam',
    foreground: { ...report.foreground, selected: foreground },
    context: { ...report.context, selected: context },
  }
}

function refuse(name: string, reason: string): never {
  throw new WorkbenchError('RECIPE_INVALID', `lpcam: drop and keep name prototypes, and "${name}" is none: ${reason}.`)
}
