import type { Command } from 'commander'
import { z } from 'zod'
import { measuredMasks, truthKinds, type Evaluation } from '../../shared/contract/evaluation'
import { averagings, rateBases, scoreRulesSchema } from '../../shared/metrics/scoreRules'
import { findRun, labelSteps, planOf } from '../jobs/findStep'
import type { ProjectSession } from '../host/projectSession'
import { action, command } from './command'
import { evaluationText } from './figureText'
import { parseOptions } from './parseOptions'
import { shownWork, withSession } from './withSession'

const evaluateOptions = z.object({
  run: z.int().min(1).optional(),
  step: z.string().optional(),
  average: scoreRulesSchema.shape.averaging,
  rates: scoreRulesSchema.shape.rates,
  truth: z.enum(truthKinds).default('ground_truth'),
  masks: z.enum(measuredMasks).default('made'),
})

/** `maskwright evaluate`: label maps against the ground truth; the project keeps the figures. */
export function evaluateCommand(): Command {
  return command('evaluate', 'measure the label maps of a run against the ground truth')
    .option('--run <id>', 'default: the latest finished run')
    .option('--step <name>', 'a step with label maps, or the seed step they are made from (default: every one)')
    .option('--average <rule>', `classes that means are over: ${averagings.join(' or ')} (default: ${averagings[0]})`)
    .option('--rates <rule>', `what FP and FN are shares of: ${rateBases.join(' or ')} (default: ${rateBases[0]})`)
    .option('--truth <kind>', `what is true: ${truthKinds.join(', ')} (default: ground_truth)`)
    .option('--masks <which>', "made: the step's own; corrected: a person's where there is one (default: made)")
    .action(
      action(async (context, options: object) => {
        const { run, step, average, rates, truth, masks } = parseOptions(evaluateOptions, options)
        const rules = { averaging: average, rates }
        const work = shownWork(context, 'evaluate')
        const evaluations = await withSession(context, async session => {
          const made: Evaluation[] = []
          for (const name of step === undefined ? everyStep(session, run) : [step])
            made.push(
              await session.evaluate({ ...(run === undefined ? {} : { run }), step: name, rules, truth, masks }, work),
            )
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
