import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dataset, DatasetImage } from '../../../shared/contract/dataset'
import { toErrorData, WorkbenchError } from '../../../shared/errors'
import { decodeCamDictionary } from '../../artifacts/camDictionary'
import { NanTally } from '../../artifacts/nanTally'
import { writeScoreMaps } from '../../artifacts/scoreMaps'
import { recountNan } from '../../pool/recount'
import type { MethodContext, StepResult } from '../context'
import type { ImportOptions } from './options'

/** A photo that gets no score maps, and why. */
interface Skipped {
  readonly stem: string
  readonly reason: string
}

/** Takes over the NumPy dictionaries (`keys`, `cam`, `high_res`) of a folder; files that cannot be used are listed. */
export async function run(options: ImportOptions, context: MethodContext): Promise<StepResult> {
  if (options.folder === '')
    throw new WorkbenchError('USAGE', 'Where are the score maps? Say it with --set import.folder=DIR.')
  const { images } = context.dataset
  const known = new Set(context.existing.map(({ imageId }) => imageId))
  const skipped: Skipped[] = []
  const nans = new NanTally()
  await recountNan(nans, context)
  for (const [done, image] of images.entries()) {
    await context.checkpoint()
    if (!known.has(image.id)) {
      const result = await importOne(image, options, context)
      if ('reason' in result) skipped.push(result)
      else {
        nans.add(image.stem, result.nan)
        context.artifact({ imageId: image.id, kind: 'scores', blob: result.blob })
      }
    }
    context.progress({ done: done + 1, total: images.length, unit: 'photos', stage: 'reading score maps' })
  }
  if (skipped.length === images.length)
    throw new WorkbenchError(
      'BAD_INPUT',
      `${options.folder} has score maps for none of the ${images.length} photos: ${skipped[0]?.reason ?? ''}`,
    )
  for (const { stem, reason } of skipped) context.log(`${stem} has no score maps: ${reason}`)
  return { summary: { photos: images.length - skipped.length, skipped, ...nans.report(context.log) } }
}

async function importOne(
  image: DatasetImage,
  { folder, classes }: ImportOptions,
  { blobFolder, dataset }: MethodContext,
): Promise<{ readonly blob: string; readonly nan: number } | Skipped> {
  const file = join(folder, `${image.stem}.npy`)
  try {
    const placeOf = (key: number) => placeOfKey(key, file, dataset, classes)
    const maps = decodeCamDictionary(await readFile(file), file, image, placeOf)
    return await writeScoreMaps(blobFolder, maps)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      return { stem: image.stem, reason: `there is no file ${file}` }
    const { code, message } = toErrorData(cause)
    if (code === 'INTERNAL' || code === 'DISK_FULL') throw cause
    return { stem: image.stem, reason: message }
  }
}

/** The class's place in the project, undefined where the project does not have it. */
function placeOfKey(
  key: number,
  file: string,
  dataset: Dataset,
  classes: readonly string[] = dataset.classes,
): number | undefined {
  const name = classes[key]
  if (name === undefined)
    throw new WorkbenchError(
      'BAD_INPUT',
      `${file} has maps of class ${key}, and ${classes.length} classes are known (0 … ${classes.length - 1}): ` +
        'name all of them with import.classes.',
    )
  const place = dataset.classes.indexOf(name)
  return place < 0 ? undefined : place
}
