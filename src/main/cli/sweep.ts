import type { Command } from 'commander'
import { z } from 'zod'
import { truthKinds } from '../../shared/contract/evaluation'
import { action, command } from './command'
import { sweepText } from './figureText'
import { parseOptions } from './parseOptions'
import { shownWork, withSession } from './withSession'

const sweepOptions = z.object({
  run: z.int().min(1).optional(),
  step: z.string().optional(),
  truth: z.enum(truthKinds).default('ground_truth'),
})

/** `maskwright sweep`: every threshold from 0.00 to 1.00 against the ground truth. */
export function sweepCommand(): Command {
  return command('sweep', 'measure score maps at every threshold from 0.00 to 1.00')
    .option('--run <id>', 'default: the latest finished run')
    .option('--step <name>', 'a seed step, or a step with label maps made from one (default: the last seed step)')
    .option('--truth <kind>', `what is true: ${truthKinds.join(', ')} (default: ground_truth)`)
    .action(
      action(async (context, options: object) => {
        const { run, step, truth } = parseOptions(sweepOptions, options)
        const choice = { truth, ...(run === undefined ? {} : { run }), ...(step === undefined ? {} : { step }) }
        const work = shownWork(context, 'sweep')
        const sweep = await withSession(context, session => session.sweep(choice, work))
        context.output.result(sweep, sweepText(sweep))
      }),
    )
}
