import type { Command } from 'commander'
import { countOf } from '../../shared/text/amounts'
import { sampleOptions } from '../sample/options'
import { action, command } from './command'
import { parseOptions } from './parseOptions'
import { table } from './table'
import { shownWork } from './withSession'

/** `maskwright sample DIR`: photos to try everything on. */
export function sampleCommand(): Command {
  return command('sample', 'draw a sample dataset: composed photos, labels and exact masks', { ofProject: false })
    .argument('<dir>', 'the folder; it must be empty or not exist')
    .option('--photos <number>', 'how many (default: 160)')
    .option('--seed <number>', 'the same seed draws the same photos (default: 7)')
    .action(
      action(async (context, dir: string, given: object) => {
        const options = parseOptions(sampleOptions, given)
        const { signal, progress } = shownWork(context, 'sample')
        const { makeSample } = await import('../sample/makeSample')
        const summary = await makeSample(dir, {
          ...options,
          signal,
          progress: (done, total) => progress({ done, total, unit: 'photos', stage: 'draw' }),
        })
        const rows = summary.classes.map(({ name, photos }) => [name, String(photos)])
        const text = [
          `${summary.folder}: ${countOf(summary.photos, 'photo')}`,
          '',
          table([{ title: 'class' }, { title: 'photos', align: 'right' }], rows),
        ].join('\n')
        context.output.result(summary, text)
      }),
    )
}
