import type { Command } from 'commander'
import { z } from 'zod'
import type { MaskVersion, ReviewPhoto } from '../../shared/contract/review'
import { WorkbenchError } from '../../shared/errors'
import type { ProjectSession } from '../host/projectSession'
import { action, command } from './command'
import { parseOptions } from './parseOptions'
import { table } from './table'
import { withSession } from './withSession'

const versionOptions = z.object({ restore: z.int().min(0).optional() })

/** `maskwright review versions PHOTO`: every saved mask of a photo, and the way back to one of them. */
export function versionsCommand(): Command {
  return command('versions', 'list the saved masks of a photo; or make one of them the newest')
    .argument('<photo>', 'its name without extension')
    .option('--restore <version>', 'make this version the newest; 0: what the run had made')
    .action(
      action(async (context, stem: string, given: object) => {
        const { restore } = parseOptions(versionOptions, given)
        await withSession(context, session => {
          const image = imageOf(session, stem)
          if (restore !== undefined) session.review.restore(image, session.review.seen(image), restore)
          const { mask, journal, versions } = session.review.photo(image, null)
          const restored = restore ?? null
          context.output.result({ photo: stem, restored, mask, journal, versions }, textOf(stem, { mask, versions }))
          return Promise.resolve()
        })
      }),
    )
}

/** @throws NOT_FOUND */
function imageOf({ project }: ProjectSession, stem: string): number {
  const found = project.images.findByStem(stem)
  if (found !== undefined) return found.id
  throw new WorkbenchError('NOT_FOUND', `This project has no photo "${stem}": name it without folder and extension.`)
}

function textOf(stem: string, { mask, versions }: Pick<ReviewPhoto, 'mask' | 'versions'>): string {
  if (versions.length === 0) return `The mask of ${stem} was never saved by hand: it is as the run made it.`
  const columns = [{ title: 'version', align: 'right' as const }, ...['how', 'when', 'from'].map(title => ({ title }))]
  const origin = mask.origin === null ? [] : [['0', 'as it was made', '', originText(mask.origin)]]
  return table(columns, [...versions.map(row => rowOf(row, mask.version)), ...origin])
}

function originText(origin: MaskVersion['origin']): string {
  if (origin === 'unknown') return 'not known'
  if (origin === null) return 'an empty mask'
  return origin.run === null ? `step ${origin.step} of a deleted run` : `run ${origin.run}, step ${origin.step}`
}

function rowOf({ version, reason, restored, createdAt, origin }: MaskVersion, newest: number): readonly string[] {
  const how = restored === null ? reason : `${reason} from ${restored}`
  const shown = version === newest ? `${how}, stands now` : how
  return [String(version), shown, new Date(createdAt).toISOString(), originText(origin)]
}
