import type { Command } from 'commander'
import { z } from 'zod'
import type { RebasePlan, RebaseReport } from '../../shared/contract/rebase'
import { countOf } from '../../shared/text/amounts'
import { planRebase } from '../host/rebaseCorrections'
import { action, command } from './command'
import { parseOptions } from './parseOptions'
import { reviewSourceOf } from './reviewSourceOf'
import { shownWork, withSession } from './withSession'

const rebaseOptions = z.object({
  run: z.int().min(1).optional(),
  step: z.string().optional(),
  dryRun: z.boolean().default(false),
})

/** `maskwright review rebase`: what persons corrected on earlier masks, laid over newer ones. */
export function rebaseCommand(): Command {
  return command('rebase', 'lay all corrections over the masks of a run: each is the next version of its photo')
    .option('--run <id>', 'default: the latest finished run')
    .option('--step <name>', 'a step with masks (default: the last)')
    .option('--dry-run', 'say how many photos it is about, change nothing')
    .action(
      action(async (context, given: object) => {
        const options = parseOptions(rebaseOptions, given)
        await withSession(context, async session => {
          const source = reviewSourceOf(session, options)
          const plan = planRebase(session.project, source)
          if (options.dryRun || plan.photos === 0) return context.output.result({ plan, report: null }, planText(plan))
          const report = await session.rebase(source, shownWork(context, 'rebase'))
          context.output.result({ plan, report }, reportText(report))
        })
      }),
    )
}

function planText({ source, photos, already, without }: RebasePlan): string {
  if (source === null) return 'No run of this project has made masks yet.'
  return [
    `Corrections onto "${source.step}" of run ${source.run}: ${countOf(photos, 'photo')}.`,
    `Corrected on these masks already: ${already}; without a mask of this run: ${without}.`,
  ].join('\n')
}

function reportText({ source, rebased, left }: RebaseReport): string {
  const done = `Corrections of ${countOf(rebased, 'photo')} lie on "${source.step}" of run ${source.run} now, to be looked at again.`
  return [done, ...left.map(({ why }) => `Left as it was: ${why}`)].join('\n')
}
