import { dirname, join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { readPrototypes } from '../../artifacts/prototypes'
import type { Classifier } from '../../backbones/classifierCheckpoint'
import type { ClusteredClass } from './clusterClass'

/**
 * The prototypes that a step of an earlier run of the project found, instead of clustering again.
 * @param from   `<run>/<step>`, such as 3/lpcam
 * @param folder of the step that asks: `runs/<run>/<step>`
 * @throws BAD_INPUT where there are none, or they are of other classes or another backbone
 */
export async function borrowPrototypes(
  from: string,
  folder: string,
  { classes, trunkHash, architecture }: Classifier,
): Promise<readonly ClusteredClass[]> {
  const [run, step] = from.split('/') as [string, string]
  const kept = await readPrototypes(join(dirname(dirname(folder)), run, step))
  if (kept === undefined)
    throw unusable(from, 'they are not there any more, or never were: set prototypes to null to cluster anew')
  const { report, centres } = kept
  const names = report.classes.map(({ name }) => name)
  if (JSON.stringify(names) !== JSON.stringify(classes))
    throw unusable(from, `they are of other classes (${names.join(', ')}): cluster anew`)
  if (report.trunk !== undefined && report.trunk !== trunkHash)
    throw unusable(from, 'they are of features of another backbone, or of one trained otherwise: cluster anew')
  const wrong = centres.flatMap(({ foreground, context }) => [foreground, context])
  if (wrong.some(values => values.length % architecture.channels !== 0))
    throw unusable(from, `they do not have ${architecture.channels} channels: cluster anew`)
  return centres.map((of, n) => ({ centres: of, report: report.classes[n]! }))
}

function unusable(from: string, reason: string): WorkbenchError {
  return new WorkbenchError('BAD_INPUT', `The prototypes of ${from} cannot be used: ${reason}.`)
}
