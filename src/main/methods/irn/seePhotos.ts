import { setImmediate } from 'node:timers/promises'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { WorkbenchError } from '../../../shared/errors'
import { describeSize, sizeWithLongestSide } from '../../../shared/raster/size'
import { writeEdgeMap } from '../../artifacts/edgeMaps'
import { prefetch } from '../../nn/prefetch'
import { type Readable, readable } from '../../pool/readable'
import type { DecodedScales } from '../../pool/tasks/decodeScales'
import { scorePaths } from '../../pool/scoredPhotos'
import type { MethodContext } from '../context'
import { Alongside } from './alongside'
import type { IrNetwork, SeenPhoto } from './irNetwork'
import type { IrnOptions } from './options'
import { type WalkFacts, type WalkReport, WalkTally } from './walkTally'

export interface SeenPhotos extends WalkReport {
  readonly photos: number
  readonly unreadable: readonly { readonly photo: string; readonly reason: string }[]
}

/** Edges of every photo, and beside it in the pool the walk of its score maps between them. */
export async function seePhotos(network: IrNetwork, options: IrnOptions, context: MethodContext): Promise<SeenPhotos> {
  const scores = scorePaths(context.inputs.scores!.artifacts, context.blobFolder)
  const done = new Set(context.existing.flatMap(({ kind, imageId }) => (kind === 'scores' ? [imageId] : [])))
  const all = context.dataset.images.filter(({ id }) => scores.has(id))
  const pending = all.filter(({ id }) => !done.has(id))
  for (const image of pending) assertFits(image, options)
  const unreadable: { photo: string; reason: string }[] = []
  const tally = new WalkTally()
  await tally.recount(scores, context)
  let count = done.size
  const finish = () => context.progress({ done: ++count, total: all.length, unit: 'photos', stage: 'edges and walk' })
  const ahead = context.pool.threads + 1
  const { pool, signal } = context
  const decode = (place: number) => {
    const input = { path: pending[place]!.path, longestSide: options.longestSide, scales: [1] }
    return readable(pool.run('decodeScales', input, signal), signal)
  }
  const decoded = prefetch(decode, { from: 0, to: pending.length, ahead })
  const walks = new Alongside(ahead)
  try {
    for (const image of pending) {
      await setImmediate()
      await context.checkpoint()
      const { value: photo, reason } = (await decoded.next()).value as Readable<DecodedScales>
      if (photo === undefined) {
        unreadable.push({ photo: image.stem, reason })
        continue
      }
      const seen = network.look(photo.images[0]!, options.padTo)
      await walks.add(async () => {
        tally.add(image.stem, await keepAndWalk(image, seen, scores.get(image.id)!, options, context))
        finish()
      })
    }
    await walks.finish()
  } finally {
    await walks.settle()
  }
  return { photos: count, unreadable, ...tally.report(context.log) }
}

/** @throws BAD_INPUT naming the photo that is larger than the square it is to be laid on */
function assertFits(image: DatasetImage, { longestSide, padTo }: IrnOptions): void {
  const size = sizeWithLongestSide(image, longestSide)
  if (padTo === null || Math.max(size.width, size.height) <= padTo) return
  throw new WorkbenchError(
    'BAD_INPUT',
    `${image.stem} is ${describeSize(size)} as the network sees it, more than irn.padTo ${padTo}: set irn.padTo to none, ` +
      `or irn.longestSide to ${padTo} or less.`,
  )
}

/** The scores are recorded last: a photo that has them is done. */
async function keepAndWalk(
  image: DatasetImage,
  { edge, displacement, ...size }: SeenPhoto,
  /** Path of its score maps. */
  scores: string,
  { walkRadius: radius, beta, walkDoublings: doublings }: IrnOptions,
  { blobFolder, pool, signal, artifact }: MethodContext,
): Promise<WalkFacts> {
  const { id: imageId, stem: photo, width, height } = image
  const edges = await writeEdgeMap(blobFolder, { edge, displacement, ...size, photoWidth: width, photoHeight: height })
  artifact({ imageId, kind: 'edges', blob: edges })
  const photoSize = { width, height }
  const walk = { radius, beta, doublings }
  const input = { scores, photo, photoSize, edge, size, walk, blobFolder }
  const { blob, ...made } = await pool.run('walkScores', input, signal)
  artifact({ imageId, kind: 'scores', blob })
  return made
}
