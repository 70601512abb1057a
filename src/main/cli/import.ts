import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { crowdRules, difficultRules, type ImportReport, type SkippedFile } from '../../shared/contract/import'
import { openProject } from '../db/open'
import { fileKind } from '../datasets/fileKind'
import { importDataset } from '../datasets/importing/importDataset'
import { detectFormats, formats } from '../datasets/index'
import { WorkbenchError } from '../../shared/errors'
import { countOf } from '../../shared/text/amounts'
import { action, command } from './command'
import { listOf, parseOptions } from './parseOptions'
import { shownWork } from './withSession'

const importOptions = z.object({
  format: z.string().optional(),
  images: z.string().optional(),
  labels: z.string().optional(),
  masks: z.string().optional(),
  split: z.string().optional(),
  classes: z.string().transform(listOf).pipe(z.array(z.string()).min(1)).optional(),
  difficult: z.enum(difficultRules).optional(),
  crowd: z.enum(crowdRules).optional(),
})

/** `maskwright import PATH`: photos, labels and ground truth into the project. */
export function importCommand(): Command {
  const known = formats.map(({ id }) => id).join(', ')
  return command('import', 'import photos, labels and ground truth masks')
    .argument('<path>', 'the dataset: a folder or a file')
    .option('--format <format>', `${known} (default: what it looks like)`)
    .option('--images <dir>', 'where the photos are')
    .option('--labels <file>', 'image-level labels')
    .option('--masks <dir>', 'ground truth masks')
    .option('--split <file>', 'a list of photos, one a line: only these')
    .option('--classes <names>', "only these classes, in this order, parted by commas; others' pixels become void")
    .option('--difficult <rule>', `what VOC's difficult objects count as: ${difficultRules.join(', ')}`)
    .option('--crowd <rule>', `what COCO's crowds are in a mask: ${crowdRules.join(', ')} (default: ${crowdRules[0]})`)
    .action(
      action(async (context, path: string, given: object) => {
        const { format, ...options } = parseOptions(importOptions, given)
        const { signal, progress } = shownWork(context, 'import')
        const project = openProject(context.projectFolder)
        try {
          const chosen = format ?? (await detected(path))
          const source = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
          const report = await importDataset({ ...source, project, path, format: chosen, signal, progress })
          context.output.result({ format: chosen, ...report }, textOf(report))
        } finally {
          project.close()
        }
      }),
    )
}

async function detected(path: string): Promise<string> {
  if ((await fileKind(path)) === 'nothing')
    throw new WorkbenchError('NOT_FOUND', `There is no file or folder ${resolve(path)}: say where the dataset is.`)
  const [first, second] = await detectFormats(path)
  if (first !== undefined && (second === undefined || second.id === 'folder')) return first.id
  const all = formats.map(({ id }) => id).join(', ')
  const problem = first === undefined ? 'does not look like any format' : `looks like ${first.id} and ${second!.id}`
  throw new WorkbenchError('USAGE', `${path} ${problem}: say which with --format (${all}).`)
}

function textOf(report: ImportReport): string {
  const { imported, updated, unchanged, classes, withoutLabels, masks, notes, skipped } = report
  return [
    `${imported} imported, ${updated} updated, ${unchanged} unchanged; ${countOf(masks, 'mask')}, ` +
      `${withoutLabels} without a label of the ${classes.length} classes (${classes.join(', ')})`,
    ...notes,
    ...(skipped.length === 0 ? [] : [`Left out: ${skipped.length}`, ...skipped.map(lineOf)]),
  ].join('\n')
}

function lineOf({ what, file, reason }: SkippedFile): string {
  return `  ${what} ${file}: ${reason}`
}
