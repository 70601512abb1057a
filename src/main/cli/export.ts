import type { Command } from 'commander'
import { z } from 'zod'
import { maskChoices, type ExportReport } from '../../shared/contract/export'
import { countOf } from '../../shared/text/amounts'
import { exportFormats } from '../datasets/index'
import { parseAssignment } from '../jobs/recipeSettings'
import { action, command } from './command'
import { parseOptions } from './parseOptions'
import { shownWork, withSession } from './withSession'

const exportOptions = z.object({
  format: z.string(),
  out: z.string(),
  run: z.int().min(1).optional(),
  step: z.string().optional(),
  masks: z.enum(maskChoices).default('run'),
  split: z.string().optional(),
  set: z.array(z.string()).default([]),
})

/** `maskwright export`: masks, score maps, labels or a trained network for other programs. */
export function exportCommand(): Command {
  const known = exportFormats.map(({ id }) => id).join(', ')
  return command('export', 'write masks, score maps, labels or a trained network for other programs')
    .requiredOption('--format <format>', known)
    .requiredOption('--out <dir>', 'the folder to write; an earlier export there is replaced')
    .option('--run <id>', 'default: the latest finished run')
    .option('--step <name>', 'a step, or the seed step its masks are made from (default: the last)')
    .option(
      '--masks <which>',
      `${maskChoices.join(', ')} (default: run; corrected takes a person's masks where there are)`,
    )
    .option('--split <name>', 'only the photos of this split')
    .option('--set <option=value>', 'an option of the format; may be repeated', collect)
    .action(
      action(async (context, given: object) => {
        const { set, ...choice } = parseOptions(exportOptions, given)
        const options = Object.fromEntries(set.map(text => parseAssignment(text)))
        const work = shownWork(context, 'export')
        const report = await withSession(context, session => session.export({ ...choice, options }, work))
        context.output.result(report, textOf(report))
      }),
    )
}

function textOf({ folder, files, notes, origin: { run, missing, corrected } }: ExportReport): string {
  const from = run === null ? '' : ` of ${run.step}, run ${run.id}`
  const left = missing.length === 0 ? '' : `; ${countOf(missing.length, 'photo')} without: ${missing.join(', ')}`
  const person = corrected === 0 ? '' : `; ${countOf(corrected, 'mask')} a person stands behind`
  return [`${folder}: ${countOf(files, 'file')}${from}${person}${left}`, ...notes].join('\n')
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
