import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { reviewDecisions, type ReviewConflict, type ReviewSource } from '../../shared/contract/review'
import { encodeStrokes, largestStroke } from '../../shared/contract/strokeJournal'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import { decodeDelta, type LabelDelta } from '../../shared/raster/labelDelta'
import { describeSize, type Size } from '../../shared/raster/size'
import type { ProjectSession } from '../host/projectSession'
import type { SeenMask } from '../host/reviewDesk'
import { findImage } from '../jobs/photoLayers'
import type { ApiContext } from './context'
import { statusOf } from './statusOf'

const unpack = promisify(gunzip)

/** Bytes: the largest photo, one byte a pixel. */
const largestMask = 2 ** 28

const count = z.coerce.number().int().min(0)
const seenSchema = z.object({ version: count, revision: count })
const sourceSchema = z.object({ run: count.min(1), step: z.string().min(1).max(255) }).optional()
const saveSchema = seenSchema.extend({
  decision: z.enum(reviewDecisions).optional(),
  restart: z.enum(['0', '1']).default('0'),
})

/**
 * Label maps and strokes of single photos. A change says what its window has seen (`version`, `revision`) and of which
 * masks it is (`run`, `step`; the newest when left out). Who was not first gets 409 with what stands now, as JSON.
 */
export function reviewBytes(context: ApiContext): Hono {
  const app = new Hono()
  const one = '/:project/photos/:image{[0-9]{1,15}}'

  /** The strokes that are kept: see `decodeStrokes`. */
  app.get(`${one}/strokes`, async c => {
    const { project } = await context.sessions.get(c.req.param('project'))
    const bytes = encodeStrokes(project.strokes.list(Number(c.req.param('image'))))
    return c.body(bytes, 200, { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'private, no-store' })
  })

  /** One stroke more, as the editor encodes it. */
  app.put(`${one}/strokes`, limited(largestStroke, 'A stroke'), async c =>
    changing(context, c, async (session, image, source) => {
      const delta = new Uint8Array(await c.req.arrayBuffer())
      checkStroke(delta, findImage(session.project, image))
      return session.review.addStroke(image, source, parsed(seenSchema, c), delta)
    }),
  )

  /** The whole label map: one byte a pixel, rows from the top, plain or `Content-Encoding: gzip`. */
  app.put(`${one}/mask`, limited(largestMask, 'A mask'), async c =>
    changing(context, c, async (session, image, source) => {
      const { decision, restart, ...seen } = parsed(saveSchema, c)
      const made: SeenMask = seen
      const labels = await plainBytes(new Uint8Array(await c.req.arrayBuffer()), c.req.header('content-encoding'))
      return session.review.save(image, source, {
        ...made,
        labels,
        restart: restart === '1',
        ...(decision === undefined ? {} : { decision }),
      })
    }),
  )
  return app
}

/** @throws BAD_INPUT where no window could read it again, or lay it on this photo: what is stored can be opened */
function checkStroke(bytes: Uint8Array, { stem, width, height }: Size & { readonly stem: string }): void {
  const { size } = decodeArrived(bytes)
  if (size.width === width && size.height === height) return
  const [drawn, photo] = [describeSize(size), describeSize({ width, height })]
  throw new WorkbenchError('BAD_INPUT', `A stroke on ${drawn} pixels does not fit photo ${stem} of ${photo}.`)
}

function decodeArrived(bytes: Uint8Array): LabelDelta {
  try {
    return decodeDelta(bytes, 'The stroke')
  } catch (cause) {
    const { message } = toErrorData(cause)
    throw new WorkbenchError('BAD_INPUT', `The stroke did not arrive whole: ${message} Draw it again.`, { cause })
  }
}

/** Makes a change and tells all windows; a conflict is answered with what stands. */
async function changing(
  { sessions, bus }: ApiContext,
  c: Context,
  change: (session: ProjectSession, image: number, source: ReviewSource | null) => Promise<object>,
): Promise<Response> {
  const key = c.req.param('project')!
  const image = Number(c.req.param('image'))
  const session = await sessions.get(key)
  try {
    if (session.project.readOnly)
      throw new WorkbenchError('READ_ONLY', 'This project is open to look at it only: nothing can be painted here.')
    session.project.place.assertKept()
    const stands = await change(session, image, sourceOf(c))
    bus.emit({ type: 'review', project: key, image })
    return c.json(stands)
  } catch (error) {
    const { code, message } = toErrorData(error)
    if (code !== 'CONFLICT') return c.json({ code, message }, statusOf(code))
    const conflict: ReviewConflict = { code, message, ...session.review.standing(image, sourceOf(c)) }
    return c.json(conflict, 409)
  }
}

function sourceOf(c: Context): ReviewSource | null {
  const { run, step } = c.req.query()
  return parse(sourceSchema, run === undefined ? undefined : { run, step }) ?? null
}

function parsed<Schema extends z.ZodType>(schema: Schema, c: Context): z.output<Schema> {
  return parse(schema, c.req.query())
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value)
  if (success) return data
  throw new WorkbenchError('USAGE', z.prettifyError(error))
}

/** @throws BAD_INPUT where they do not unpack, or to more than a mask may have */
async function plainBytes(bytes: Uint8Array, encoding: string | undefined): Promise<Uint8Array> {
  if (encoding === undefined) return bytes
  if (encoding !== 'gzip') throw new WorkbenchError('UNSUPPORTED', `A mask comes plain or as gzip, not as ${encoding}.`)
  try {
    return new Uint8Array(await unpack(bytes, { maxOutputLength: largestMask }))
  } catch (cause) {
    throw new WorkbenchError('BAD_INPUT', 'The mask did not arrive whole: it does not unpack. Save it again.', {
      cause,
    })
  }
}

function limited(maxSize: number, what: string) {
  return bodyLimit({
    maxSize,
    onError: c => c.json({ code: 'BAD_INPUT', message: `${what} may have ${maxSize} bytes at most.` }, 413),
  })
}
