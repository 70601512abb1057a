import { z } from 'zod'
import { imageFilterSchema, mostNamedPhotos, listOrderSchema } from '../../../shared/contract/imageFilter'
import { WorkbenchError } from '../../../shared/errors'
import { absolutePath } from '../../db/storedPath'
import { fileState } from '../../host/checkFiles'
import type { ProjectSession } from '../../host/projectSession'
import { projectProcedure, router } from '../trpc'

/** What an answer holds at most: a few screens full of photos. */
const largestPage = 500

const list = z.object({ filter: imageFilterSchema.default({}), sort: listOrderSchema.default('name') })
const photo = z.object({ image: z.int().min(0) })

/** Ids of all photos of a list, in order. */
async function idsOf(session: ProjectSession, { filter, sort }: z.output<typeof list>): Promise<Uint32Array> {
  return typeof sort === 'string'
    ? session.project.photos.ids(filter, sort)
    : session.certainties.ids(filter, sort.certainty)
}

/** Photos of a project. */
export const images = router({
  /** A part of the list that a filter means. */
  page: projectProcedure
    .input(list.extend({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(largestPage).default(100) }))
    .query(async ({ ctx: { session }, input: { offset, limit, ...list } }) => {
      return session.project.photos.page(await idsOf(session, list), { offset, limit })
    }),
  /** Ids alone, of a larger part. */
  ids: projectProcedure
    .input(list.extend({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(mostNamedPhotos) }))
    .query(async ({ ctx: { session }, input: { offset, limit, ...list } }) => {
      const ids = await idsOf(session, list)
      return { total: ids.length, ids: [...ids.subarray(offset, offset + limit)] }
    }),
  /** Where in a list a photo is, from 0; null where the filter does not mean it. */
  position: projectProcedure
    .input(list.extend(photo.shape))
    .query(async ({ ctx: { session }, input: { image, ...list } }) => {
      const position = (await idsOf(session, list)).indexOf(image)
      return position === -1 ? null : position
    }),
  /** Everything about one photo. */
  get: projectProcedure.input(photo).query(async ({ ctx: { session }, input }) => {
    const { project } = session
    const [row] = project.photos.rows([input.image])
    const file = project.images.find(input.image)
    if (row === undefined || file === undefined)
      throw new WorkbenchError('NOT_FOUND', `This project has no photo ${input.image}: it was removed since.`)
    return {
      ...row,
      path: absolutePath(project.folder, file.path),
      bytes: file.bytes,
      modifiedAt: file.mtimeMs,
      sha256: file.sha256,
      /** Whether its file is there and has the size that it was imported with. */
      file: await fileState(project, file),
      /** Pixels of each label value of the ground truth: 0 background, 1 … C, 255 void. */
      truthPixels: project.masks.truth(input.image)?.pixels ?? null,
      /** Other photos with the same bytes. */
      copies: project.images.countSame(file.sha256) - 1,
    }
  }),
})
