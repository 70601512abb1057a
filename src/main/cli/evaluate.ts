import type { Command } from 'commander'
import { z } from 'zod'
import type { Evaluation } from '../../shared/contract/evaluation'
import { findRun, labelSteps, planOf } from '../jobs/findStep'
import type { ProjectSession } from '../host/projectSession'
import { action, command } from './command'
import { evaluationText } from './figureText'
import { parseOptions } from './parseOptions'
import { shownWork, withSession } from './withSession'

const stepOptions = z.object({ run: z.int().min(1).optional(), step: z.string().optional() })

/** `maskwright evaluate`: label maps against the ground truth. */
export function evaluateCommand(): Command {
  return command('evaluate', 'measure the label maps of a run against the ground truth')
    .option('--run <id>', 'default: the latest finished run')
    .option('--step <name>', 'a step with label maps, or the seed step they are made from (default: every one)')
    .action(
      action(async (context, options: object) => {
        const { run, step } = parseOptions(stepOptions, options)
        const work = shownWork(context, 'evaluate')
        const evaluations = await withSession(context, async session => {
          const made: Evaluation[] = []
          for (const name of step === undefined ? everyStep(session, run) : [step])
            made.push(await session.evaluate({ ...(run === undefined ? {} : { run }), step: name }, work))
          return made
        })
        const text = evaluations.map(evaluationText).join('\n\n\n')
        context.output.result(step === undefined ? evaluations : evaluations[0], text)
      }),
    )
}

function everyStep(session: ProjectSession, run: number | undefined): string[] {
  return labelSteps(planOf(findRun(session.project, run))).map(({ name }) => name)
}
