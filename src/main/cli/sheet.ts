import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import { countOf } from '../../shared/text/amounts'
import { writeOutput } from '../artifacts/writeOutput'
import { action, command } from './command'
import { listOf, parseOptions } from './parseOptions'
import { shownWork, withSession } from './withSession'

const sheetOptions = z.object({
  run: z.int().min(1).optional(),
  step: z.string().optional(),
  photos: z.string().optional(),
  count: z.int().min(1).max(200).default(12),
  cellWidth: z.int().min(64).max(2048).default(240).describe('Pixels.'),
  out: z.string().default('sheet.png'),
})

/** `maskwright sheet`: a contact sheet, a row a photo. */
export function sheetCommand(): Command {
  return command('sheet', 'draw a contact sheet: photo, score maps, masks, truth')
    .option('--run <id>', 'default: the latest finished run')
    .option('--step <name>', "only this step's maps and masks (default: every step's)")
    .option('--photos <stems>', 'these photos, parted by commas (default: some spread over all)')
    .option('--count <number>', 'how many photos (default: 12)')
    .option('--cell-width <pixels>', 'width of a picture (default: 240)')
    .option('--out <file>', 'a .png or .jpg (default: sheet.png)')
    .action(
      action(async (context, given: object) => {
        const { run, step, photos, count, cellWidth, out } = parseOptions(sheetOptions, given)
        const options = {
          ...(step === undefined ? {} : { step }),
          ...(photos === undefined ? {} : { photos: listOf(photos) }),
          count,
          cellWidth,
          format: formatOf(out),
        }
        const work = shownWork(context, 'sheet')
        const sheet = await withSession(context, session => session.sheet(run, options, work))
        const file = resolve(out)
        await writeOutput(file, sheet.bytes)
        const { photos: shown, columns } = sheet
        context.output.result({ file, photos: shown, columns }, `${file}: ${countOf(shown.length, 'photo')}`)
      }),
    )
}

function formatOf(file: string): 'png' | 'jpeg' {
  if (/\.png$/i.test(file)) return 'png'
  if (/\.jpe?g$/i.test(file)) return 'jpeg'
  throw new WorkbenchError('USAGE', `--out must end in .png or .jpg, got "${file}".`)
}
