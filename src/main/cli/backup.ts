import { join } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import type { Backup } from '../../shared/contract/backup'
import { bytesText } from '../../shared/text/amounts'
import { listBackups } from '../db/backup'
import { action, command } from './command'
import { parseOptions } from './parseOptions'
import { table } from './table'
import { withProject } from './withProject'

const backupOptions = z.object({ list: z.boolean().default(false) })

/** `maskwright backup`: a copy of the project's database in its folder `backups/`. */
export function backupCommand(): Command {
  return command('backup', 'back the project up, or list its backups; one a day is made by itself')
    .option('--list', 'list the backups, the newest first')
    .action(
      action(async (context, given: object) => {
        if (parseOptions(backupOptions, given).list) {
          const backups = listBackups(join(context.projectFolder, 'backups')).toReversed()
          context.output.result(
            backups,
            backups.length === 0 ? 'No backups yet: `maskwright backup`.' : tableOf(backups),
          )
          return
        }
        await withProject(context, async project => {
          const file = project.backUp()
          context.output.result({ file }, `${file} holds the project as it is now.`)
        })
      }),
    )
}

function tableOf(backups: readonly Backup[]): string {
  const columns = [{ title: 'made' }, { title: 'why' }, { title: 'size', align: 'right' }, { title: 'file' }] as const
  const rows = backups.map(({ madeAt, kind, bytes, name }) => [
    new Date(madeAt).toLocaleString(),
    kind,
    bytesText(bytes),
    name,
  ])
  return table(columns, rows)
}
