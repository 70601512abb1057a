import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import { bytesText } from '../../shared/text/amounts'
import { writeOutput } from '../artifacts/writeOutput'
import type { ProjectSession, Work } from '../host/projectSession'
import { findRun, planOf, labelSteps } from '../jobs/findStep'
import { action, command } from './command'
import { parseOptions } from './parseOptions'
import { shownWork, withSession } from './withSession'

const reportOptions = z.object({
  run: z.int().min(1).optional(),
  photos: z.int().min(0).max(100).default(8),
  out: z.string().optional(),
})

/** `maskwright report [RUN]`: one page that tells all of a run, and needs nothing else to be read. */
export function reportCommand(): Command {
  return command('report', 'write one HTML page of a run: settings, curves, figures, pictures')
    .argument('[run]', 'default: the latest finished run')
    .option('--photos <number>', 'photos in each contact sheet; 0: no pictures (default: 8)')
    .option('--out <file>', 'an .html file (default: run-ID.html)')
    .action(
      action(async (context, run: string | undefined, given: object) => {
        const {
          run: id,
          photos,
          out,
        } = parseOptions(reportOptions, { ...given, ...(run === undefined ? {} : { run }) })
        if (out !== undefined && !/\.html?$/i.test(out))
          throw new WorkbenchError('USAGE', `--out must end in .html, got "${out}".`)
        const work = shownWork(context, 'report')
        const { page, found } = await withSession(context, async session => {
          const found = findRun(session.project, id).id
          await measureAll(session, found, work)
          return { page: await session.report(found, { photos }, work), found }
        })
        const file = resolve(out ?? `run-${found}.html`)
        const data = Buffer.from(page)
        await writeOutput(file, data)
        context.output.result(
          { file, run: found, bytes: data.length },
          `${file}: ${bytesText(data.length)}, opens in any browser`,
        )
      }),
    )
}

/** A report without figures says little: steps with label maps that nobody measured are measured first. */
async function measureAll(session: ProjectSession, id: number, work: Work): Promise<void> {
  const { project } = session
  const run = project.runs.get(id)
  if (project.readOnly || project.masks.countTruth(run.split === 'all' ? undefined : run.split) === 0) return
  const measured = project.evaluations.measuredSteps()
  for (const { name: step } of labelSteps(planOf(run)))
    if (!measured.has(`${id}/${step}`) && project.runs.step(id, step)?.state === 'done')
      await session.evaluate({ run: id, step }, work)
}
