import type { Command } from 'commander'
import { z } from 'zod'
import { exportFormat, exportFormats } from '../jobs/export'
import { action, command } from './command'
import { counted } from './format'
import { parseOptions } from './parseOptions'
import { shownWork, withSession } from './withSession'

const exportOptions = z.object({
  format: z.string(),
  out: z.string(),
  run: z.int().min(1).optional(),
  step: z.string().optional(),
})

/** `maskwright export`: masks or score maps for other programs. */
export function exportCommand(): Command {
  return command('export', 'write masks (voc) or score maps (cams) for other programs')
    .requiredOption('--format <format>', exportFormats.join(' or '))
    .requiredOption('--out <dir>', 'the folder to write; what it held of the same kind is replaced')
    .option('--run <id>', 'default: the latest finished run')
    .option('--step <name>', 'a step, or the seed step its masks are made from (default: the last)')
    .action(
      action(async (context, given: object) => {
        const { format, out, run, step } = parseOptions(exportOptions, given)
        const request = { format: exportFormat(format), out, ...(step === undefined ? {} : { step }) }
        const work = shownWork(context, 'export')
        const exported = await withSession(context, session => session.export(run, { ...request, ...work }))
        const { folder, files, missing } = exported
        const left = missing.length === 0 ? '' : `; ${counted(missing.length, 'photo')} without: ${missing.join(', ')}`
        context.output.result(
          exported,
          `${folder}: ${counted(files, 'file')} of ${exported.step}, run ${exported.run}${left}`,
        )
      }),
    )
}
